package dev.sobre.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Commands as mail clients send them, with the literals that belong to them. */
public enum Sample {
    NOOP("a17 NOOP\r\n"),
    SELECT("a2 SELECT \"Archive/2026 Entw&APw-rfe\"\r\n"),
    FETCH(
            "a18 UID FETCH 4100:4199,4250,4300:* (UID FLAGS INTERNALDATE RFC822.SIZE "
                    + "BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC SUBJECT MESSAGE-ID REFERENCES)] "
                    + "BODY.PEEK[1.2.MIME] BODY.PEEK[TEXT]<0.2048>)\r\n"),
    STORE("a19 UID STORE 4101,4107:4110 +FLAGS.SILENT (\\Seen \\Answered $Forwarded)\r\n"),
    SEARCH("a20 UID SEARCH UNDELETED SINCE 1-Feb-2026 OR FROM {3+}\r\nann SUBJECT \"lunch\"\r\n"),
    APPEND(
            "a21 APPEND Sent (\\Seen) \" 7-Mar-2026 12:34:56 +0100\" {2000+}\r\n"
                    + "Subject: lunch\r\n".repeat(125)
                    + "\r\n");

    private final String text;

    Sample(String text) {
        this.text = text;
    }

    byte[] octets() {
        return text.getBytes(US_ASCII);
    }
}
