package dev.sobre.imap;

import dev.sobre.line.sasl.Mechanisms;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A capability (RFC 3501 §7.2.1) that is implemented whole, and when it is announced. */
enum Feature {
    IMAP4REV1("IMAP4rev1", When.ALWAYS),
    IMAP4REV2("IMAP4rev2", When.ALWAYS),
    SASL_IR("SASL-IR", When.BEFORE_LOGIN),
    LITERAL_MINUS("LITERAL-", When.BEFORE_LOGIN),
    LITERAL_PLUS("LITERAL+", When.AFTER_LOGIN),
    ID("ID", When.ALWAYS),
    ENABLE("ENABLE", When.ALWAYS),
    IDLE("IDLE", When.ALWAYS),
    ESEARCH("ESEARCH", When.AFTER_LOGIN),
    SEARCHRES("SEARCHRES", When.AFTER_LOGIN),
    WITHIN("WITHIN", When.AFTER_LOGIN),
    I18NLEVEL_1("I18NLEVEL=1", When.AFTER_LOGIN),
    SORT("SORT", When.AFTER_LOGIN),
    SORT_DISPLAY("SORT=DISPLAY", When.AFTER_LOGIN),
    ESORT("ESORT", When.AFTER_LOGIN),
    CONTEXT_SEARCH("CONTEXT=SEARCH", When.AFTER_LOGIN),
    CONTEXT_SORT("CONTEXT=SORT", When.AFTER_LOGIN),
    MULTISEARCH("MULTISEARCH", When.AFTER_LOGIN),
    SEARCH_FUZZY("SEARCH=FUZZY", When.AFTER_LOGIN),
    THREAD_ORDEREDSUBJECT("THREAD=ORDEREDSUBJECT", When.AFTER_LOGIN),
    THREAD_REFERENCES("THREAD=REFERENCES", When.AFTER_LOGIN),
    NAMESPACE("NAMESPACE", When.AFTER_LOGIN),
    UNSELECT("UNSELECT", When.AFTER_LOGIN),
    UIDPLUS("UIDPLUS", When.AFTER_LOGIN),
    MOVE("MOVE", When.AFTER_LOGIN),
    CHILDREN("CHILDREN", When.AFTER_LOGIN),
    LIST_EXTENDED("LIST-EXTENDED", When.AFTER_LOGIN),
    LIST_STATUS("LIST-STATUS", When.AFTER_LOGIN),
    STATUS_SIZE("STATUS=SIZE", When.AFTER_LOGIN),
    QUOTA("QUOTA", When.AFTER_LOGIN),
    QUOTA_STORAGE("QUOTA=RES-STORAGE", When.AFTER_LOGIN),
    QUOTA_MESSAGE("QUOTA=RES-MESSAGE", When.AFTER_LOGIN),
    QUOTASET("QUOTASET", When.ADMINISTRATOR),
    ACL("ACL", When.AFTER_LOGIN),
    RIGHTS("RIGHTS=kxte", When.AFTER_LOGIN),
    METADATA("METADATA", When.AFTER_LOGIN),
    LIST_METADATA("LIST-METADATA", When.AFTER_LOGIN),
    NOTIFY("NOTIFY", When.AFTER_LOGIN),
    LIST_MYRIGHTS("LIST-MYRIGHTS", When.AFTER_LOGIN),
    SPECIAL_USE("SPECIAL-USE", When.AFTER_LOGIN),
    CREATE_SPECIAL_USE("CREATE-SPECIAL-USE", When.AFTER_LOGIN),
    CONDSTORE("CONDSTORE", When.AFTER_LOGIN),
    QRESYNC("QRESYNC", When.AFTER_LOGIN),
    OBJECTID("OBJECTID", When.AFTER_LOGIN),
    SAVEDATE("SAVEDATE", When.AFTER_LOGIN),
    PREVIEW("PREVIEW", When.AFTER_LOGIN),
    MULTIAPPEND("MULTIAPPEND", When.AFTER_LOGIN),
    CATENATE("CATENATE", When.AFTER_LOGIN),
    REPLACE("REPLACE", When.AFTER_LOGIN),
    BINARY("BINARY", When.AFTER_LOGIN),
    UNAUTHENTICATE("UNAUTHENTICATE", When.AFTER_LOGIN),
    PARTIAL("PARTIAL", When.AFTER_LOGIN),
    UIDONLY("UIDONLY", When.AFTER_LOGIN),
    UIDBATCHES("UIDBATCHES", When.AFTER_LOGIN),
    INPROGRESS("INPROGRESS", When.AFTER_LOGIN),
    UTF8_ACCEPT("UTF8=ACCEPT", When.AFTER_LOGIN),
    COMPRESS_DEFLATE("COMPRESS=DEFLATE", When.AFTER_LOGIN),
    /** Announced with the number of octets that a message may have. */
    APPENDLIMIT("APPENDLIMIT", When.AFTER_LOGIN),
    /** Announced with the number of messages that a command may process, where there is one. */
    MESSAGELIMIT("MESSAGELIMIT", When.AFTER_LOGIN);

    private enum When {
        ALWAYS,
        BEFORE_LOGIN,
        AFTER_LOGIN,
        ADMINISTRATOR
    }

    private final String capability;
    private final String word;
    private final When when;

    Feature(String capability, When when) {
        this.capability = capability;
        this.word = capability.toUpperCase(Locale.ROOT);
        this.when = when;
    }

    String capability() {
        return capability;
    }

    /** In capitals, as it is named where it is switched off. */
    String word() {
        return word;
    }

    /** What can be switched off by its name: all but IMAP4rev1, and the SASL mechanisms. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String mechanism : Mechanisms.ALL) names.add("AUTH=" + mechanism);
        for (Feature each : values()) if (each != IMAP4REV1) names.add(each.capability);
        return names.stream().sorted().toList();
    }

    /** All but these, named in capitals, and but what is not whole without them. */
    static Set<Feature> without(Set<String> words) {
        Set<Feature> left = EnumSet.allOf(Feature.class);
        left.removeIf(each -> words.contains(each.word));
        while (left.removeIf(each -> !left.containsAll(each.needs()))) {}
        return left;
    }

    /** What it is built on, as its RFC says. */
    private List<Feature> needs() {
        return switch (this) {
            // RFC 9051, appendix E: what it took in
            case IMAP4REV2 ->
                    List.of(
                            NAMESPACE,
                            UNSELECT,
                            UIDPLUS,
                            ESEARCH,
                            SEARCHRES,
                            ENABLE,
                            IDLE,
                            SASL_IR,
                            LIST_EXTENDED,
                            LIST_STATUS,
                            MOVE,
                            LITERAL_MINUS,
                            BINARY,
                            SPECIAL_USE,
                            STATUS_SIZE);
            case SEARCHRES, MULTISEARCH, PARTIAL, CONTEXT_SEARCH -> List.of(ESEARCH);
            case SORT_DISPLAY -> List.of(SORT);
            case ESORT -> List.of(SORT, ESEARCH);
            case CONTEXT_SORT -> List.of(ESORT);
            case LIST_EXTENDED -> List.of(CHILDREN);
            case LIST_STATUS, NOTIFY -> List.of(LIST_EXTENDED);
            case LIST_MYRIGHTS -> List.of(LIST_EXTENDED, ACL);
            case LIST_METADATA -> List.of(LIST_EXTENDED, METADATA);
            case RIGHTS -> List.of(ACL);
            case QUOTA_STORAGE, QUOTA_MESSAGE, QUOTASET -> List.of(QUOTA);
            case QRESYNC -> List.of(CONDSTORE, ENABLE);
            case UIDONLY, UTF8_ACCEPT -> List.of(ENABLE);
            default -> List.of();
        };
    }

    /** {@code CAPABILITY IMAP4rev1 …} as this client is told now. */
    static String announcement(Client client) {
        List<String> words = new ArrayList<>();
        words.add("CAPABILITY");
        for (Feature feature : values()) {
            if (feature.isAnnounced(client)) words.add(feature.announced(client.service()));
        }
        if (!client.isLoggedIn()) {
            var mechanisms = client.mechanisms();
            for (String name : mechanisms.names()) words.add("AUTH=" + name);
            if (!mechanisms.takePasswords()) words.add("LOGINDISABLED");
        }
        return String.join(" ", words);
    }

    private String announced(Service service) {
        return switch (this) {
            case APPENDLIMIT -> capability + "=" + service.settings().sizes().message();
            case MESSAGELIMIT -> capability + "=" + service.settings().offer().messagesAtOnce();
            default -> capability;
        };
    }

    private boolean isAnnounced(Client client) {
        if (!client.offers(this)) return false;
        // RFC 7888 §5: one of the two at a time; who switches LITERAL+ off gets LITERAL-.
        if (this == LITERAL_MINUS && !client.offers(LITERAL_PLUS)) return true;
        return switch (when) {
            case ALWAYS -> true;
            case BEFORE_LOGIN -> !client.isLoggedIn();
            case AFTER_LOGIN -> client.isLoggedIn();
            case ADMINISTRATOR -> client.isAdministrator();
        };
    }
}
