package dev.sobre.mail.archive;

/** In what kind of files an archive keeps mail. */
public enum Form {
    /** One file for each message, as Dovecot, mutt and mbsync have them. */
    MAILDIR("Maildir"),
    /** One file for each mailbox, as Thunderbird and mutt have them. */
    MBOX("mbox");

    private final String word;

    Form(String word) {
        this.word = word;
    }

    /** What people call it. */
    String word() {
        return word;
    }
}
