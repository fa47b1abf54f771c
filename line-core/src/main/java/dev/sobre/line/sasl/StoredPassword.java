package dev.sobre.line.sasl;

/** One way in which a password is stored. */
sealed interface StoredPassword permits Argon2Hash, Sha512Crypt, Bcrypt, PlainPassword {

    /**
     * Whether this is the password, compared in constant time.
     *
     * @param password as {@link SaslText#prepare} gives it
     */
    boolean matches(byte[] password, Argon2Memory memory);

    /** Whether a hash made today would look different. */
    boolean outdated();
}
