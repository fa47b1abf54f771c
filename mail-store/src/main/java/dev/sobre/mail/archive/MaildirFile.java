package dev.sobre.mail.archive;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The name of a message's file in a Maildir: a unique beginning, sizes as Dovecot puts them ({@code
 * S} of the file, {@code W} with CRLF), and after {@code :2,} a letter for each flag.
 */
final class MaildirFile {

    private static final Pattern WIRE_SIZE = Pattern.compile(",W=([0-9]{1,18})");
    private static final String INFO = ":2,";

    private MaildirFile() {}

    /** The unique beginning; the same whenever the message is exported. */
    static String name(Message message, long uidValidity) {
        long seconds = Math.max(0, message.internalDate().getEpochSecond());
        return seconds + ".V" + uidValidity + "U" + message.uid() + ".sobre";
    }

    static String withSizes(String name, long inFile, long onWire, String letters) {
        return name + ",S=" + inFile + ",W=" + onWire + INFO + letters;
    }

    /** What stays of a name when flags change. */
    static String base(String file) {
        int colon = file.indexOf(':');
        return colon < 0 ? file : file.substring(0, colon);
    }

    /** How long the message is in CRLF form, where the name says it. */
    static OptionalLong wireSize(String file) {
        var found = WIRE_SIZE.matcher(base(file));
        return found.find()
                ? OptionalLong.of(Long.parseLong(found.group(1)))
                : OptionalLong.empty();
    }

    /** The letters of system flags, in the order that Maildir asks for. */
    static String letters(Flags flags) {
        var letters = new StringBuilder();
        if (flags.has(Flag.DRAFT)) letters.append('D');
        if (flags.has(Flag.FLAGGED)) letters.append('F');
        if (flags.has(Flag.ANSWERED)) letters.append('R');
        if (flags.has(Flag.SEEN)) letters.append('S');
        if (flags.has(Flag.DELETED)) letters.append('T');
        return letters.toString();
    }

    /** The flags in a name; its small letters are keywords from a table. */
    static Flags flags(String file, List<String> keywords) {
        int info = file.indexOf(INFO);
        if (info < 0) return Flags.NONE;
        int bits = 0;
        List<String> named = new ArrayList<>();
        for (int i = info + INFO.length(); i < file.length(); i++) {
            char letter = file.charAt(i);
            int keyword = letter - 'a';
            if (keyword >= 0 && keyword < keywords.size()) {
                if (!keywords.get(keyword).isEmpty()) named.add(keywords.get(keyword));
            }
            bits |=
                    switch (letter) {
                        case 'D' -> Flag.DRAFT.bit();
                        case 'F' -> Flag.FLAGGED.bit();
                        case 'R' -> Flag.ANSWERED.bit();
                        case 'S' -> Flag.SEEN.bit();
                        case 'T' -> Flag.DELETED.bit();
                        default -> 0;
                    };
        }
        return Flags.of(bits, named);
    }
}
