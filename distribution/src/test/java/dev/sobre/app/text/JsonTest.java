package dev.sobre.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesWhatCommandsSay() {
        var data = new LinkedHashMap<String, Object>();
        data.put("text", "a \"quoted\" \\ line\r\n\tand \u0001 \u007f, é");
        data.put("number", 7);
        data.put("yes", true);
        data.put("none", Optional.empty());
        data.put("list", List.of("a", 1L));
        data.put("at", Instant.EPOCH);
        assertEquals(
                "{\"text\":\"a \\\"quoted\\\" \\\\ line\\r\\n\\tand \\u0001 \\u007f, é\","
                        + "\"number\":7,\"yes\":true,\"none\":null,\"list\":[\"a\",1],"
                        + "\"at\":\"1970-01-01T00:00:00Z\"}",
                Json.of(data));
    }
}
