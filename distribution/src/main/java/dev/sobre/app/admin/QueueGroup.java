package dev.sobre.app.admin;

import picocli.CommandLine.Command;

/** {@code queue}: the group of the commands about mail that waits to leave. */
@Command(
        name = "queue",
        description = "Shows and changes what waits to leave for other domains.",
        subcommands = {
            QueueList.class,
            QueueShow.class,
            QueueRetry.class,
            QueueHold.class,
            QueueRelease.class,
            QueueDelete.class
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} list"})
final class QueueGroup {}
