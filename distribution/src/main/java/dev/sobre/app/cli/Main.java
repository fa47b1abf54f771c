package dev.sobre.app.cli;

import dev.sobre.app.text.Version;

/** Where {@code sobre} starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            System.out.println("sobre " + Version.text()); // without loading anything else
            return;
        }
        int code = Cli.run(args);
        Logging.finish();
        System.exit(code);
    }
}
