package dev.sobre.smtp.relay;

import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the mails of a lane, one after the other, over one connection while it holds. */
final class Courier implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int MOST_HOSTS = 5; // RFC 5321 §5.1: at least two

    private final Lane lane;
    private final Office office;
    private Optional<Hop> hop = Optional.empty();
    private int carried;
    private boolean othersHelp = true; // those behind a server that puts mail off

    Courier(Lane lane, Office office) {
        this.lane = lane;
        this.office = office;
    }

    @Override
    public void run() {
        try {
            for (var mail = lane.next(); mail.isPresent(); mail = lane.next()) carry(mail.get());
        } finally {
            leave();
        }
    }

    /** Whatever happens, the mail is settled or stays claimed until the next start. */
    private void carry(Consignment mail) {
        try {
            if (Deadline.isOver(mail.terms(), office.now())) {
                settle(mail, Deadline.over());
                return;
            }
            if (mail.entry().isHere()) {
                office.settle(mail, office.inboxes().take(mail, office.now()));
                return;
            }
            var destination = office.settings().route().destination(mail.entry().domain());
            switch (destination) {
                case Destination.Nowhere(String status, String why) ->
                        settle(mail, Outcome.Failed.here(status, why));
                case Destination.Unknown(String why) -> settle(mail, new Outcome.Deferred(why));
                case Destination.Hosts(List<Host> hosts) -> carry(mail, hosts);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            settle(mail, new Outcome.Waits("the server was stopped", office.now()));
        } catch (RuntimeException e) {
            LOG.error("relaying failed", e);
            settle(mail, new Outcome.Deferred("something went wrong here; the log has more"));
        }
    }

    private void carry(Consignment mail, List<Host> hosts) throws InterruptedException {
        try {
            Hop open = connected(hosts);
            if (isClaimedTooLongAgo(mail)) {
                settle(mail, new Outcome.Waits("it waited too long for its turn", office.now()));
                return;
            }
            carried++;
            var outcomes = given(mail, open);
            var others = behind(open.host(), hosts);
            boolean possible = open.usable() && !others.isEmpty() && !isClaimedTooLongAgo(mail);
            if (!possible || !othersHelp) office.settle(mail, outcomes);
            else settleOrGoOn(outcomes, others);
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            String why = String.valueOf(e.getMessage());
            settle(mail, new Outcome.Deferred(why));
            lane.fails(why);
        }
    }

    /** Before it is given, it could be claimed anew, and then it would come twice. */
    private boolean isClaimedTooLongAgo(Consignment mail) {
        return mail.first().until().isBefore(office.now().plus(Hop.LONGEST));
    }

    private Map<Claim, Outcome> given(Consignment mail, Hop open) {
        try (var body = office.store().open(mail.body())) {
            return Transfer.give(mail, body, open, office.settings());
        } catch (StoreException e) {
            LOG.warn("a mail can't be read from the store", e);
            return Settlement.all(mail, new Outcome.Deferred(String.valueOf(e.getMessage())));
        }
    }

    /** The other servers that come after one. */
    private static List<Host> behind(Host host, List<Host> all) {
        return all.subList(all.indexOf(host) + 1, all.size()).stream()
                .filter(other -> !other.name().equals(host.name()))
                .toList();
    }

    /** RFC 5321 §5.1: what one server puts off, the next may take. All else is settled before. */
    private void settleOrGoOn(Map<Claim, Outcome> outcomes, List<Host> others) {
        var putOff = new LinkedHashMap<Claim, Outcome>();
        var done = new LinkedHashMap<Claim, Outcome>();
        outcomes.forEach(
                (claim, outcome) ->
                        (outcome instanceof Outcome.Deferred ? putOff : done).put(claim, outcome));
        if (!done.isEmpty()) office.settle(consignment(done), done);
        if (putOff.isEmpty()) return;
        var rest = consignment(putOff);
        try {
            putOff.putAll(given(rest, connected(others)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.info(
                    "no other server of {} could be asked: {}",
                    rest.entry().domain(),
                    e.toString());
        }
        // Where all of them have greylists, they need not all be asked for each mail.
        othersHelp = !putOff.values().stream().allMatch(Outcome.Deferred.class::isInstance);
        office.settle(rest, putOff);
        if (!othersHelp) leave();
    }

    private static Consignment consignment(Map<Claim, Outcome> some) {
        return new Consignment(List.copyOf(some.keySet()));
    }

    private void leave() {
        hop.ifPresent(office::disconnect);
        hop = Optional.empty();
    }

    /** The open connection where it is good for this mail too, else a new one to the first host. */
    private Hop connected(List<Host> hosts) throws IOException, InterruptedException {
        if (hop.isPresent()) {
            Hop open = hop.get();
            boolean again =
                    open.usable()
                            && carried < office.settings().mailsPerConnection()
                            && hosts.contains(open.host());
            if (again) return open;
            leave();
        }
        var why = new StringBuilder();
        for (Host host : hosts.subList(0, Math.min(hosts.size(), MOST_HOSTS))) {
            try {
                Hop open = office.connect(host);
                hop = Optional.of(open);
                carried = 0;
                lane.works();
                return open;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) throw e;
                why.append(why.isEmpty() ? "" : "; ").append(host).append(": ").append(reason(e));
            }
        }
        throw new IOException(why.toString());
    }

    private static String reason(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("Connection refused") ? "nothing listens there" : text;
    }

    private void settle(Consignment mail, Outcome outcome) {
        office.settle(mail, Settlement.all(mail, outcome));
    }
}
