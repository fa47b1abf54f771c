package dev.sobre.mail.mime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Locale;
import java.util.Set;

/**
 * HTML as text: without tags, comments, scripts and styles, with its character references resolved.
 * Takes any octets for HTML, reads each character once and holds a few.
 */
final class HtmlText extends Reader {

    private static final int BUFFER = 2048;
    private static final int LONGEST_NAME = 16;
    private static final int END = -1;
    private static final Set<String> NOT_TEXT = Set.of("script", "style", "title");
    private static final Set<String> NEW_LINE =
            Set.of(
                    "address",
                    "article",
                    "blockquote",
                    "body",
                    "br",
                    "center",
                    "div",
                    "dd",
                    "dl",
                    "dt",
                    "footer",
                    "form",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "header",
                    "hr",
                    "li",
                    "ol",
                    "p",
                    "pre",
                    "section",
                    "table",
                    "tr",
                    "ul");
    private static final Set<String> SPACE = Set.of("img", "td", "th");

    private final Reader in;
    private final StringBuilder ready = new StringBuilder(); // decoded, not handed out yet
    private int given; // of what is ready
    private int pushedBack = END;

    HtmlText(Reader in) {
        this.in = new BufferedReader(in, BUFFER);
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int count = 0;
        while (count < length) {
            if (given == ready.length() && !decode()) break;
            into[from + count++] = ready.charAt(given++);
        }
        return count == 0 && length > 0 ? END : count;
    }

    /** Makes more text ready; false at the end. */
    private boolean decode() throws IOException {
        ready.setLength(0);
        given = 0;
        while (ready.isEmpty()) {
            int c = take();
            if (c == END) return false;
            if (c == '<') tag();
            else if (c == '&') reference();
            else ready.append((char) c);
        }
        return true;
    }

    private void tag() throws IOException {
        int c = take();
        boolean closing = c == '/';
        if (closing) c = take();
        if (c == '!' && !closing) {
            declaration();
        } else if (isLetter(c)) {
            element(name(c), closing);
        } else if (c == '?' || closing) {
            skipTo('>');
        } else {
            ready.append('<'); // a sign, not a tag
            pushedBack = c;
        }
    }

    private void element(String name, boolean closing) throws IOException {
        skipAttributes();
        if (NOT_TEXT.contains(name)) {
            if (!closing) skipContent(name);
        } else if (NEW_LINE.contains(name)) {
            ready.append('\n');
        } else if (SPACE.contains(name)) {
            ready.append(' ');
        }
    }

    /** The name that starts with this letter, in lower case; one that is too long is cut. */
    private String name(int first) throws IOException {
        var name = new StringBuilder();
        int c = first;
        for (; isLetter(c) || (c >= '0' && c <= '9'); c = take()) {
            if (name.length() < LONGEST_NAME) name.append((char) c);
        }
        pushedBack = c;
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /** Goes past the end of a tag. A {@code >} between quotation marks does not end it. */
    private void skipAttributes() throws IOException {
        int quote = END;
        for (int c = take(); c != END; c = take()) {
            if (quote != END) {
                if (c == quote) quote = END;
            } else if (c == '>') {
                return;
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
        }
    }

    /** Goes past the closing tag of an element whose content is no text. */
    private void skipContent(String name) throws IOException {
        for (int c = take(); c != END; c = take()) {
            if (c != '<') continue;
            c = take();
            if (c != '/') {
                pushedBack = c;
                continue;
            }
            c = take();
            if (isLetter(c) && name(c).equals(name)) {
                skipTo('>');
                return;
            }
            if (!isLetter(c)) pushedBack = c;
        }
    }

    /** Goes past a comment or a DOCTYPE. */
    private void declaration() throws IOException {
        int c = take();
        if (c != '-') {
            pushedBack = c;
            skipTo('>');
            return;
        }
        int hyphens = 0;
        for (c = take(); c != END; c = take()) {
            if (c == '>' && hyphens >= 2) return;
            hyphens = c == '-' ? hyphens + 1 : 0;
        }
    }

    private void reference() throws IOException {
        var name = new StringBuilder();
        int c = take();
        while (name.length() < HtmlEntities.LONGEST && (c == '#' || isLetterOrDigit(c))) {
            name.append((char) c);
            c = take();
        }
        var text = HtmlEntities.text(name.toString());
        if (text.isPresent()) {
            ready.append(text.get());
            if (c != ';') pushedBack = c;
        } else {
            ready.append('&').append(name);
            pushedBack = c;
        }
    }

    private void skipTo(char end) throws IOException {
        int c = take();
        while (c != END && c != end) c = take();
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isLetterOrDigit(int c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    private int take() throws IOException {
        if (pushedBack == END) return in.read();
        int c = pushedBack;
        pushedBack = END;
        return c;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
