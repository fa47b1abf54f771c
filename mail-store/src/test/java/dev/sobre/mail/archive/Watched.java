package dev.sobre.mail.archive;

import java.util.ArrayList;
import java.util.List;

/** Somebody who keeps what an export or import says. */
public final class Watched implements Progress {

    public final List<String> passedOver = new ArrayList<>();
    public final List<String> notes = new ArrayList<>();

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
