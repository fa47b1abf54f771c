package dev.sobre.mail.archive;

import java.util.ArrayList;
import java.util.List;

/** Somebody who keeps what an export or import says. */
final class Watched implements Progress {

    final List<String> passedOver = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    @Override
    public void at(String mailbox, long messages, long octets) {}

    @Override
    public void passedOver(PassedOver what) {
        passedOver.add(what.where() + ": " + what.reason());
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }
}
