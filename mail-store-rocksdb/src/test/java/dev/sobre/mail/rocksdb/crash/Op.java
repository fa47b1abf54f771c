package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.Mails;
import java.util.ArrayList;
import java.util.List;

/** One change to an account, in a form that can be written down before it is made. */
sealed interface Op {

    /** A message by the seed that it is made of. */
    record Mail(DeliveryId id, long seed, Flags flags) {

        byte[] body() {
            return body(seed);
        }

        /** Mostly short ones, and some that arrive in a file of their own. */
        static byte[] body(long seed) {
            int octets = seed % 12 == 7 ? 140_000 : 300 + (int) (seed * 7919 % 10_000);
            return Mails.body(seed, octets);
        }
    }

    /** A mail for some mailboxes and as many remote recipients. */
    record Deliver(Mail mail, List<String> to, int relayed) implements Op {}

    record Append(String to, List<Mail> mails) implements Op {}

    record Store(String in, UidSet uids, FlagChange change) implements Op {}

    record Copy(String from, UidSet uids, String to, boolean move) implements Op {}

    record Expunge(String in, UidSet uids) implements Op {}

    record Create(String name) implements Op {}

    record Rename(String from, String to) implements Op {}

    record Delete(String name) implements Op {}

    default String line() {
        return switch (this) {
            case Deliver(var mail, var to, var relayed) ->
                    "deliver " + Text.of(to) + " " + relayed + " " + line(mail);
            case Append(var to, var mails) -> {
                var line = new StringBuilder("append " + to + " " + mails.size());
                for (var mail : mails) line.append(' ').append(line(mail));
                yield line.toString();
            }
            case Store(var in, var uids, var change) ->
                    "store %s %s %s %s"
                            .formatted(in, Text.of(uids), change.kind(), Text.of(change.flags()));
            case Copy(var from, var uids, var to, var move) ->
                    "%s %s %s %s".formatted(move ? "move" : "copy", from, Text.of(uids), to);
            case Expunge(var in, var uids) -> "expunge " + in + " " + Text.of(uids);
            case Create(var name) -> "create " + name;
            case Rename(var from, var to) -> "rename " + from + " " + to;
            case Delete(var name) -> "delete " + name;
        };
    }

    private static String line(Mail mail) {
        return "%s %d %s".formatted(Text.of(mail.id), mail.seed, Text.of(mail.flags));
    }

    static Op parse(String line) {
        var in = new Text(line);
        String verb = in.word();
        return switch (verb) {
            case "deliver" -> {
                var to = in.list();
                int relayed = (int) in.number();
                yield new Deliver(mail(in), to, relayed);
            }
            case "append" -> {
                String to = in.word();
                List<Mail> mails = new ArrayList<>();
                for (long count = in.number(); count > 0; count--) mails.add(mail(in));
                yield new Append(to, mails);
            }
            case "store" ->
                    new Store(
                            in.word(),
                            in.uids(),
                            new FlagChange(FlagChange.Kind.valueOf(in.word()), in.flags()));
            case "copy", "move" -> new Copy(in.word(), in.uids(), in.word(), verb.equals("move"));
            case "expunge" -> new Expunge(in.word(), in.uids());
            case "create" -> new Create(in.word());
            case "rename" -> new Rename(in.word(), in.word());
            case "delete" -> new Delete(in.word());
            default -> throw new IllegalArgumentException(line);
        };
    }

    private static Mail mail(Text in) {
        return new Mail(in.delivery(), in.number(), in.flags());
    }
}
