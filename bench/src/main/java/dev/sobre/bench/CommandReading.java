package dev.sobre.bench;

import dev.sobre.imap.CommandSyntax;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.CommandLimits;
import dev.sobre.imap.wire.ImapReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a command's octets to its record: line, tag, verb, arguments, literals. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow" // JMH itself asks for it
        })
public class CommandReading {

    private static final CommandLimits LIMITS =
            new CommandLimits(64 * 1024, CommandLimits.LITERAL_MINUS, 64 * 1024);

    /** The command that is read. */
    @Param public Sample sample = Sample.NOOP;

    private byte[] octets = {};

    @Setup
    public void prepare() {
        octets = sample.octets();
    }

    /** Reads the command whole; the message of an APPEND is passed over. */
    @Benchmark
    public Object read() throws IOException, BadMessage {
        var input = new Octets(octets);
        var in = new ImapReader(input.line(), input, LIMITS);
        Object command = CommandSyntax.read(in);
        in.drop();
        if (!input.atEnd()) throw new IllegalStateException(sample + " was not read whole");
        return command;
    }
}
