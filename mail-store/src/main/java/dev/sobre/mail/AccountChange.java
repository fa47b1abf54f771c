package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** One change of an account. What it does is here; whether an address is free knows the store. */
public sealed interface AccountChange {

    /**
     * The account after the change.
     *
     * @throws StoreException with {@link Reason#REFUSED} or {@link Reason#MISSING} when it can't be
     *     made
     */
    Account apply(Account before);

    /** Changes what people call its owner; empty for nothing. */
    record DisplayName(String name) implements AccountChange {
        @Override
        public Account apply(Account a) {
            AccountBounds.displayName(name);
            return with(a, name, a.addresses(), a.switchedOff());
        }
    }

    /** Adds an alias, or with {@code @domain} a catch-all; one that is there already stays. */
    record AddAddress(String address) implements AccountChange {
        @Override
        public Account apply(Account a) {
            String canonical = Address.canonical(address);
            AccountBounds.address(canonical);
            if (a.addresses().contains(canonical)) return a;
            var more = new ArrayList<>(a.addresses());
            more.add(canonical);
            AccountBounds.addresses(more.size());
            return with(a, a.displayName(), more, a.switchedOff());
        }
    }

    /** Takes an alias or catch-all away; the login name stays. */
    record RemoveAddress(String address) implements AccountChange {
        @Override
        public Account apply(Account a) {
            String canonical = Address.canonical(address);
            AccountBounds.require(
                    !canonical.equals(a.address()), canonical + " is the login name and stays");
            var fewer = new ArrayList<>(a.addresses());
            if (!fewer.remove(canonical)) {
                throw new StoreException(
                        Reason.MISSING, canonical + " is no address of " + a.address());
            }
            return with(a, a.displayName(), fewer, a.switchedOff());
        }
    }

    /** Gives or takes the right to use the administrator's console. */
    record Administrator(boolean may) implements AccountChange {
        @Override
        public Account apply(Account a) {
            return with(a, may, a.disabled(), a.quota());
        }
    }

    /** Locks everybody out, or lets them in again. */
    record Disabled(boolean disabled) implements AccountChange {
        @Override
        public Account apply(Account a) {
            return with(a, a.administrator(), disabled, a.quota());
        }
    }

    /** Sets how much the account may hold; what is there already stays. */
    record Limit(Quota quota) implements AccountChange {
        @Override
        public Account apply(Account a) {
            return with(a, a.administrator(), a.disabled(), quota);
        }
    }

    /** Hides a capability, in any letter case, from this account. */
    record SwitchOff(String capability) implements AccountChange {
        @Override
        public Account apply(Account a) {
            String word = capability.toUpperCase(Locale.ROOT);
            AccountBounds.capability(word);
            Set<String> more = new TreeSet<>(a.switchedOff());
            more.add(word);
            AccountBounds.switchedOff(more.size());
            return with(a, a.displayName(), a.addresses(), more);
        }
    }

    /** Shows a capability again. */
    record SwitchOn(String capability) implements AccountChange {
        @Override
        public Account apply(Account a) {
            Set<String> fewer = new TreeSet<>(a.switchedOff());
            fewer.remove(capability.toUpperCase(Locale.ROOT));
            return with(a, a.displayName(), a.addresses(), fewer);
        }
    }

    private static Account with(
            Account a, String name, List<String> addresses, Set<String> switchedOff) {
        return new Account(
                a.id(), name, addresses, a.administrator(), a.disabled(), a.quota(), switchedOff);
    }

    private static Account with(Account a, boolean administrator, boolean disabled, Quota quota) {
        return new Account(
                a.id(),
                a.displayName(),
                a.addresses(),
                administrator,
                disabled,
                quota,
                a.switchedOff());
    }
}
