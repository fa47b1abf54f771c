package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.util.regex.Pattern;

/** What the fields of an account can be; anything else is refused. */
final class AccountBounds {

    private static final int MOST_ADDRESSES = 1_000;
    private static final int MOST_SWITCHED_OFF = 100;
    private static final int LONGEST_NAME = 255;
    private static final Pattern CAPABILITY = Pattern.compile("[A-Z0-9][A-Z0-9=+./_-]{0,63}");

    private AccountBounds() {}

    static void displayName(String name) {
        boolean clean = name.chars().noneMatch(Character::isISOControl);
        require(
                clean && name.length() <= LONGEST_NAME,
                "the name is too long or has odd characters");
    }

    static void loginName(String address) {
        require(Address.parse(address).isPresent(), address + " can't be a login name");
    }

    /** An address, or {@code @domain}. */
    static void address(String address) {
        // A catch-all can't come from Address.parse, which wants a local part.
        String whole = address.startsWith("@") ? "x" + address : address;
        require(Address.parse(whole).isPresent(), address + " is not a mail address");
    }

    static void addresses(int count) {
        require(count <= MOST_ADDRESSES, "an account has at most " + MOST_ADDRESSES + " addresses");
    }

    static void capability(String word) {
        require(CAPABILITY.matcher(word).matches(), "this is not a capability: " + word);
    }

    static void switchedOff(int count) {
        require(count <= MOST_SWITCHED_OFF, "too many capabilities are switched off");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) throw new StoreException(Reason.REFUSED, otherwise);
    }
}
