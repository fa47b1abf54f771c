package dev.sobre.app.server;

import dev.sobre.app.admin.Refusal;
import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.ScramUser;
import dev.sobre.smtp.RefusedRecipients;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What was refused lately, by address: the last few of each of those refused last. */
final class Refusals {

    private static final int ADDRESSES = 1000;
    private static final int OF_EACH = 5;

    private final Map<String, List<Refusal>> refused =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<Refusal>> eldest) {
                    return size() > ADDRESSES;
                }
            };

    private final Map<String, Refusal> alarms =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Refusal> eldest) {
                    return size() > ADDRESSES;
                }
            };

    /** Notes a refusal; what is no address is forgotten at once. */
    private void add(String address, String what) {
        if (Address.parse(address).isEmpty()) return;
        var refusal = new Refusal(Instant.now().truncatedTo(ChronoUnit.SECONDS), what);
        synchronized (refused) {
            var all = refused.computeIfAbsent(Address.canonical(address), a -> new ArrayList<>());
            if (all.size() == OF_EACH) all.removeFirst();
            all.add(refusal);
        }
    }

    /**
     * Hears of mail that was refused, and of users who send too much.
     *
     * @param announced gets the account and what it did, once a day for each
     */
    RefusedRecipients ofMail(BiConsumer<String, Refusal> announced) {
        return new RefusedRecipients() {
            @Override
            public void refused(String address, String reply) {
                add(address, "mail: " + reply);
            }

            @Override
            public void sentTooMuch(String account, String what) {
                add(account, what);
                var alarm = new Refusal(Instant.now().truncatedTo(ChronoUnit.SECONDS), what);
                if (isFirstOfDay(account, alarm)) announced.accept(account, alarm);
            }
        };
    }

    private boolean isFirstOfDay(String account, Refusal alarm) {
        synchronized (alarms) {
            boolean first = !alarms().containsKey(Address.canonical(account));
            if (first) alarms.put(Address.canonical(account), alarm);
            return first;
        }
    }

    /** What happened within a day that an administrator should look at, by account. */
    Map<String, Refusal> alarms() {
        var day = Instant.now().minus(1, ChronoUnit.DAYS);
        synchronized (alarms) {
            alarms.values().removeIf(alarm -> alarm.when().isBefore(day));
            return new LinkedHashMap<>(alarms);
        }
    }

    /** The refusals of an address, the newest last. */
    List<Refusal> of(String address) {
        synchronized (refused) {
            return List.copyOf(refused.getOrDefault(Address.canonical(address), List.of()));
        }
    }

    /** An authenticator that is asked, and whose refusals are noted. */
    Authenticator watch(Authenticator asked) {
        return new Watched(asked);
    }

    /** Passes everything on and looks at the verdicts. */
    private final class Watched implements Authenticator {
        private final Authenticator asked;

        Watched(Authenticator asked) {
            this.asked = asked;
        }

        @Override
        public Verdict verify(Credentials credentials, InetAddress peer) {
            var verdict = asked.verify(credentials, peer);
            String from = " from " + peer.getHostAddress();
            switch (verdict) {
                case Verdict.Denied _ ->
                        add(credentials.user(), "a login" + from + ": wrong, or not allowed");
                case Verdict.Unavailable(String reason) ->
                        add(credentials.user(), "a login" + from + ", for now: " + reason);
                case Verdict.PutOff _ ->
                        add(
                                credentials.user(),
                                "a login"
                                        + from
                                        + ", for now: too many wrong passwords came from there");
                case Verdict.Granted _ -> {}
            }
            return verdict;
        }

        @Override
        public Optional<Account> current(Account granted) {
            return asked.current(granted);
        }

        @Override
        public Optional<ScramUser> scram(String user) {
            return asked.scram(user);
        }

        @Override
        public boolean mayBlock() {
            return asked.mayBlock();
        }

        @Override
        public boolean speaksScram() {
            return asked.speaksScram();
        }
    }
}
