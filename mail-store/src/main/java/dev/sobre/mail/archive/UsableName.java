package dev.sobre.mail.archive;

import dev.sobre.mail.MailboxName;

/** Makes a name that a store takes of one that others gave a mailbox. */
final class UsableName {

    private static final int KEPT = 400;

    private UsableName() {}

    static String of(String name) {
        String canonical = MailboxName.canonical(name);
        if (MailboxName.problem(canonical).isEmpty()) return canonical;
        var out = new StringBuilder();
        int levels = 0;
        for (String level : name.split("/")) {
            if (level.isEmpty()) continue;
            if (levels > 0) out.append(levels < MailboxName.DEEPEST - 1 ? '/' : '_');
            out.append(level.equals(".") || level.equals("..") ? "_" : level(level));
            levels++;
        }
        String all = out.length() > KEPT ? whole(out.substring(0, KEPT)) : out.toString();
        return MailboxName.problem(all).isEmpty() ? MailboxName.canonical(all) : "Imported";
    }

    private static String level(String level) {
        var out = new StringBuilder();
        level.codePoints()
                .forEach(
                        c -> {
                            boolean odd =
                                    Character.isISOControl(c)
                                            || "%*\\".indexOf(c) >= 0
                                            || (c >= Character.MIN_SURROGATE
                                                    && c <= Character.MAX_SURROGATE);
                            out.appendCodePoint(odd ? '_' : c);
                        });
        return out.toString();
    }

    /** Without half a character or level at the end. */
    private static String whole(String cut) {
        int end = cut.length();
        while (end > 1
                && (Character.isSurrogate(cut.charAt(end - 1)) || cut.charAt(end - 1) == '/'))
            end--;
        return cut.substring(0, end);
    }
}
