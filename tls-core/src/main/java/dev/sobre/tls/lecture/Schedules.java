package dev.sobre.tls.lecture;

import dev.sobre.tls.schedule.Secret;
import dev.sobre.tls.schedule.Tls12Schedule;
import dev.sobre.tls.schedule.Tls13Schedule;
import dev.sobre.tls.trace.Conversation;
import dev.sobre.tls.trace.Side;
import java.util.List;
import java.util.Optional;

/** The key schedule of a conversation, from what the notebook holds. */
final class Schedules {
    private static final int SERVER_HELLO = 2;
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int FINISHED = 20;

    private Schedules() {}

    static List<ToldSecret> of(Notebook notebook) {
        Conversation so = notebook.narrator().conversation();
        Optional<byte[]> shared = notebook.shared();
        if (shared.isEmpty() || so.suiteName().isEmpty()) return List.of();
        String suite = so.suiteName().get();
        List<Secret> steps =
                so.tls13() ? tls13(so, suite, shared.get()) : tls12(so, suite, shared.get());
        return steps.stream().map(step -> new ToldSecret(step, notebook.used(step.hex()))).toList();
    }

    private static List<Secret> tls13(Conversation so, String suite, byte[] shared) {
        return Tls13Schedule.of(
                new Tls13Schedule.Inputs(
                        suite,
                        so.hash(),
                        shared,
                        hash(so, Side.SERVER, SERVER_HELLO),
                        hash(so, Side.SERVER, FINISHED),
                        hash(so, Side.CLIENT, FINISHED)));
    }

    private static List<Secret> tls12(Conversation so, String suite, byte[] preMaster) {
        Optional<byte[]> randoms = so.randoms();
        if (randoms.isEmpty()) return List.of();
        Optional<byte[]> session = hash(so, Side.CLIENT, CLIENT_KEY_EXCHANGE);
        return Tls12Schedule.of(
                new Tls12Schedule.Inputs(
                        suite,
                        so.hash(),
                        preMaster,
                        randoms.get(),
                        so.extendedMasterSecret() ? session : Optional.empty(),
                        session)); // without a client's certificate, Finished comes right after
    }

    private static Optional<byte[]> hash(Conversation so, Side from, int type) {
        return so.transcript().hashThrough(so.hash(), from, type);
    }
}
