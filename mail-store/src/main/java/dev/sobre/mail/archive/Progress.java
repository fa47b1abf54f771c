package dev.sobre.mail.archive;

import java.io.IOException;

/** Who is told how an export or import comes on. An exception of theirs ends it. */
public interface Progress {

    /**
     * How far it is.
     *
     * @param octets of mail in an export, of files in an import
     */
    void at(String mailbox, long messages, long octets) throws IOException;

    /** Something was not taken; the rest is. */
    void passedOver(PassedOver what) throws IOException;

    /** Something that whoever asked should know. */
    void note(String text) throws IOException;
}
