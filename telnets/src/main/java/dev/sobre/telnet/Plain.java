package dev.sobre.telnet;

/** Text that does nothing to a terminal but show. */
final class Plain {

    private Plain() {}

    /**
     * Ends lines with CR LF (RFC 854 p. 11) and leaves out every other control character: what a
     * command prints may have come from a stranger, who must not move the administrator's cursor.
     */
    static String text(String text) {
        var plain = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        codePoint -> {
                            if (codePoint == '\n') {
                                plain.append("\r\n");
                            } else if (codePoint == '\t' || !Character.isISOControl(codePoint)) {
                                plain.appendCodePoint(codePoint);
                            }
                        });
        return plain.toString();
    }

    /** The same in one line. */
    static String line(String text) {
        return text(text.replace('\n', ' ').replace('\t', ' '));
    }
}
