package dev.sobre.app.cli;

import dev.sobre.tls.lecture.Lecture;
import dev.sobre.tls.lecture.ToldSecret;
import dev.sobre.tls.trace.Fact;
import dev.sobre.tls.trace.Flight;
import dev.sobre.tls.trace.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A told handshake as data. */
final class LectureData {

    private LectureData() {}

    static Map<String, Object> of(Lecture lecture) {
        var data = new LinkedHashMap<String, Object>();
        data.put("host", lecture.host());
        data.put("port", lecture.port());
        data.put("serverName", lecture.serverName());
        data.put("messages", lecture.story().steps().stream().map(LectureData::step).toList());
        data.put("flights", lecture.story().flights().stream().map(LectureData::flight).toList());
        data.put("complete", lecture.story().complete());
        data.put("secrets", lecture.schedule().stream().map(LectureData::secret).toList());
        data.put("problem", lecture.problem().map(ExplanationData::problem));
        return data;
    }

    private static Map<String, Object> step(Step step) {
        var data = new LinkedHashMap<String, Object>();
        data.put("millis", millis(step.at()));
        data.put("from", step.from().word());
        data.put("name", step.name());
        data.put("bytes", step.bytes());
        data.put("encrypted", step.encrypted());
        data.put("sentence", step.sentence());
        data.put("facts", step.facts().stream().map(LectureData::fact).toList());
        return data;
    }

    private static Map<String, Object> fact(Fact fact) {
        var data = new LinkedHashMap<String, Object>();
        data.put("name", fact.name().strip());
        data.put("value", fact.value());
        return data;
    }

    private static Map<String, Object> flight(Flight flight) {
        var data = new LinkedHashMap<String, Object>();
        data.put("millis", millis(flight.at()));
        data.put("from", flight.from().word());
        data.put("bytes", flight.bytes());
        data.put("records", flight.records());
        return data;
    }

    private static Map<String, Object> secret(ToldSecret told) {
        var data = new LinkedHashMap<String, Object>();
        data.put("name", told.secret().name().strip());
        data.put("from", told.secret().from());
        data.put("hex", told.secret().hex());
        data.put("used", told.used());
        return data;
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 1e5) / 10.0;
    }
}
