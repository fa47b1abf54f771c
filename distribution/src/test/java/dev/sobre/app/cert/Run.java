package dev.sobre.app.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** A run of {@code sobre cert} in this process: its exit code and what it said. */
record Run(int code, String said) {

    static Run of(String words) {
        var out = new StringWriter();
        var line = new CommandLine(new Cert());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        line.setExecutionExceptionHandler(
                (e, at, parsed) -> {
                    out.write(String.valueOf(e.getMessage()));
                    return 1;
                });
        line.setParameterExceptionHandler(
                (e, wrong) -> {
                    out.write(String.valueOf(e.getMessage()));
                    return 2;
                });
        int code = line.execute(List.of(words.split(" ")).toArray(String[]::new));
        return new Run(code, out.toString());
    }

    static String good(String words) {
        var run = of(words);
        assertEquals(0, run.code, run.said);
        return run.said;
    }

    static String bad(String words) {
        var run = of(words);
        assertEquals(1, run.code, run.said);
        return run.said;
    }
}
