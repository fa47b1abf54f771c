package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysTest {

    /** Two kinds under one letter would read and delete each other's entries. */
    @Test
    void everyKindHasALetterOfItsOwn() throws IllegalAccessException {
        Map<Byte, String> kinds = new HashMap<>();
        for (var field : Keys.class.getDeclaredFields()) {
            if (field.getType() != byte.class) continue;
            String other = kinds.put(field.getByte(null), field.getName());
            assertEquals(null, other, field.getName());
        }
        assertTrue(kinds.size() > 10);
    }
}
