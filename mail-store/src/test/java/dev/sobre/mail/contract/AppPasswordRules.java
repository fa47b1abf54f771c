package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.AppPasswords;
import dev.sobre.mail.AppSecret;
import dev.sobre.mail.Keyring;
import dev.sobre.mail.ScramKeys;
import dev.sobre.mail.StoreException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** App passwords are added, used, revoked, expire, and go with their account. */
interface AppPasswordRules extends StoreUnderTest {

    Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private AppPasswords passwords() {
        return store().accounts().appPasswords();
    }

    private AppSecret add(String name, Optional<Instant> expires) {
        return AppSecret.add(passwords(), ann().id(), name, NOW, expires);
    }

    private Keyring ring() {
        return passwords().find(ann().id()).orElseThrow();
    }

    private Optional<String> match(String text, Instant now) {
        return ring().match(ring().salt().keys(text), now).map(AppPassword::name);
    }

    @Test
    default void anAppPasswordIsKnownByItsText() throws Exception {
        assertEquals(Optional.empty(), passwords().find(ann().id()));
        var phone = add("phone", Optional.empty());
        var laptop = add("laptop", Optional.empty());
        assertEquals(List.of("phone", "laptop"), names());
        assertNotEquals(phone, laptop);
        reopen();
        assertEquals(Optional.of("phone"), match(phone.text(), NOW));
        assertEquals(Optional.of("laptop"), match(laptop.text(), NOW));
        assertEquals(Optional.empty(), match(AppSecret.random().text(), NOW));
    }

    @Test
    default void theSaltStays() throws Exception {
        var salt = passwords().open(ann().id()).salt();
        add("phone", Optional.empty());
        passwords().revoke(ann().id(), "phone");
        reopen();
        assertEquals(salt, passwords().open(ann().id()).salt());
        assertNotEquals(salt, passwords().open(account("bob@example.org").id()).salt());
    }

    @Test
    default void aNameIsThereOnce() {
        add("phone", Optional.empty());
        refused(Reason.EXISTS, () -> add("phone", Optional.empty()));
        refused(Reason.REFUSED, () -> add(" ", Optional.empty()));
        refused(Reason.REFUSED, () -> add("a\nb", Optional.empty()));
        AppSecret.add(passwords(), account("bob@example.org").id(), "phone", NOW, Optional.empty());
    }

    @Test
    default void anAccountHasABoundedNumber() {
        var keys = new ScramKeys(new byte[32], new byte[32]);
        passwords().open(ann().id());
        for (int i = 0; i < AppPasswords.MOST; i++) {
            passwords().add(ann().id(), AppPassword.fresh("n" + i, NOW, Optional.empty(), keys));
        }
        refused(Reason.REFUSED, () -> add("one more", Optional.empty()));
    }

    @Test
    default void aRevokedOneIsGone() {
        var phone = add("phone", Optional.empty());
        assertTrue(passwords().revoke(ann().id(), "phone"));
        assertFalse(passwords().revoke(ann().id(), "phone"));
        assertEquals(Optional.empty(), match(phone.text(), NOW));
        add("phone", Optional.empty());
        assertEquals(Optional.empty(), match(phone.text(), NOW));
    }

    @Test
    default void anExpiredOneIsNotAccepted() {
        var guest = add("guest", Optional.of(NOW.plusSeconds(60)));
        assertEquals(Optional.of("guest"), match(guest.text(), NOW.plusSeconds(59)));
        assertEquals(Optional.empty(), match(guest.text(), NOW.plusSeconds(60)));
        assertEquals(List.of("guest"), names());
    }

    @Test
    default void aUseIsWrittenDownByTheHour() throws Exception {
        add("phone", Optional.empty());
        assertTrue(phone().stale(NOW));
        passwords().used(ann().id(), "phone", NOW);
        passwords().used(ann().id(), "nothing", NOW);
        reopen();
        assertEquals(Optional.of(NOW), phone().lastUsed());
        assertFalse(phone().stale(NOW.plus(Duration.ofMinutes(59))));
        assertTrue(phone().stale(NOW.plus(Duration.ofMinutes(60))));
    }

    @Test
    default void theyGoWithTheirAccount() {
        add("phone", Optional.empty());
        AccountId old = ann().id();
        store().accounts().remove(old);
        assertEquals(Optional.empty(), passwords().find(old));
        refused(Reason.MISSING, () -> passwords().open(old));
        assertFalse(passwords().revoke(old, "phone"));
        passwords().used(old, "phone", NOW);
        assertEquals(Optional.empty(), passwords().find(ann().id()));
    }

    @Test
    default void aDecoyIsAlwaysTheSameAndNobodyElses() throws Exception {
        var decoy = passwords().decoy("Nobody@example.org");
        reopen();
        assertEquals(decoy, passwords().decoy("nobody@example.org"));
        assertEquals(passwords().decoy("x"), passwords().decoy("x"));
        assertNotEquals(decoy, passwords().decoy("nobody@example.com"));
        var real = passwords().open(ann().id()).salt();
        assertEquals(real.iterations(), decoy.iterations());
        assertEquals(real.salt().length, decoy.salt().length);
    }

    private AppPassword phone() {
        return ring().named("phone").orElseThrow();
    }

    private List<String> names() {
        return ring().passwords().stream().map(AppPassword::name).toList();
    }
}
