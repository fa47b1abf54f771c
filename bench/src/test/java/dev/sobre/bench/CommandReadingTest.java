package dev.sobre.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmark reads what it says it reads; how fast is not asked here. */
class CommandReadingTest {

    @ParameterizedTest
    @EnumSource
    void readsEachSampleWhole(Sample sample) throws Exception {
        var reading = new CommandReading();
        reading.sample = sample;
        reading.prepare();
        String command = reading.read().getClass().getSimpleName();
        assertEquals(sample.name(), command.toUpperCase(Locale.ROOT));
    }
}
