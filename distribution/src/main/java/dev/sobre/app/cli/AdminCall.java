package dev.sobre.app.cli;

import dev.sobre.app.admin.AdminCommand;
import dev.sobre.app.admin.AdminCommands;
import dev.sobre.app.admin.ClosedStoreCommand;
import dev.sobre.app.control.ControlClient;
import dev.sobre.app.home.Home;
import dev.sobre.app.home.HomeLock;
import dev.sobre.app.server.Stores;
import dev.sobre.app.text.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * An administrator's command from the command line: run by the server that has the home, or here,
 * under the home's lock, when none runs.
 */
final class AdminCall {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private AdminCall() {}

    static int run(Home home, AdminCommand command, List<String> args) throws IOException {
        var words = withoutLocalOptions(args);
        var configuration = home.configuration();
        try (var caller = LocalCaller.of(command)) {
            // A server that starts or stops just now holds the lock but does not answer.
            long until = System.nanoTime() + PATIENCE.toNanos();
            do {
                var lock = HomeLock.take(home);
                if (lock.isPresent() && command instanceof ClosedStoreCommand closed) {
                    try (var held = lock.get()) {
                        return closed.runClosed(home.store(configuration), caller);
                    }
                }
                if (lock.isPresent()) {
                    try (var held = lock.get();
                            var store = Stores.open(home, configuration)) {
                        var office = Stores.office(home, configuration, store, Optional.empty());
                        return AdminCommands.run(words, office, caller);
                    }
                }
                var server = ControlClient.connect(home);
                if (server.isPresent()) {
                    try (var client = server.get()) {
                        return client.run(words, caller);
                    }
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            } while (System.nanoTime() < until);
        }
        throw new Failure(
                "process "
                        + HomeLock.owner(home)
                        + " is at work on "
                        + home.root()
                        + " and does not answer; wait for it to end, or stop it");
    }

    /** The words as the server knows them: which home, and how to log here, is no matter of it. */
    private static List<String> withoutLocalOptions(List<String> args) {
        var words = new ArrayList<String>();
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (word.equals("--home")) i++;
            else if (!word.startsWith("--home=") && !word.equals("--debug")) words.add(word);
        }
        return words;
    }
}
