package dev.sobre.line.sasl;

import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** A bcrypt hash of OpenBSD's form, of which the first 72 octets of a password count. */
record Bcrypt(String crypt) implements StoredPassword {

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final int LEAST_COST = 4;
    private static final int MOST_COST = 14; // 1.3 s; each step doubles it

    static PasswordHash.Reading read(String crypt) {
        var form = FORM.matcher(crypt);
        if (!form.matches()) return PasswordHash.Reading.not("bcrypt hash is malformed");
        int cost = Integer.parseInt(form.group(1));
        return cost < LEAST_COST || cost > MOST_COST
                ? PasswordHash.Reading.not("bcrypt cost " + cost + " is not within 4 to 14")
                : PasswordHash.Reading.of(new Bcrypt(crypt));
    }

    @Override
    public boolean matches(byte[] password, Argon2Memory memory) {
        return OpenBSDBCrypt.checkPassword(crypt, password);
    }

    @Override
    public boolean outdated() {
        return true;
    }

    @Override
    public String toString() {
        return "Bcrypt";
    }
}
