package dev.sobre.app.server;

import dev.sobre.line.Following;
import dev.sobre.line.SessionInfo;
import dev.sobre.line.TraceLine;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** A started service, whatever it speaks. */
record Running(
        IntSupplier port,
        Supplier<List<SessionInfo>> sessions,
        Consumer<String> endSessionsOf,
        BiFunction<String, Consumer<TraceLine>, Following> follow,
        Consumer<Duration> close) {}
