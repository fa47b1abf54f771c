package dev.sobre.app.cli;

import dev.sobre.app.cert.CertificateData;
import dev.sobre.tls.probe.Explanation;
import dev.sobre.tls.probe.Explanation.Agreed;
import dev.sobre.tls.probe.Explanation.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** An explanation of a TLS connection as data. */
final class ExplanationData {

    private ExplanationData() {}

    static Map<String, Object> of(Explanation explanation) {
        var data = new LinkedHashMap<String, Object>();
        data.put("host", explanation.host());
        data.put("port", explanation.port());
        data.put("serverName", explanation.serverName());
        data.put("agreed", explanation.agreed().map(ExplanationData::agreed));
        data.put("chain", explanation.chain().stream().map(CertificateData::of).toList());
        data.put("problem", explanation.problem().map(ExplanationData::problem));
        return data;
    }

    private static Map<String, Object> agreed(Agreed agreed) {
        var suite = new LinkedHashMap<String, Object>();
        suite.put("name", agreed.suite().name());
        suite.put("keyExchange", agreed.keyExchange());
        suite.put("authentication", agreed.suite().authentication());
        suite.put("cipher", agreed.suite().cipher());
        suite.put("mode", agreed.suite().mode());
        suite.put("hash", agreed.suite().hash());
        var data = new LinkedHashMap<String, Object>();
        data.put("version", agreed.version());
        data.put("suite", suite);
        data.put("group", agreed.group());
        data.put("applicationProtocol", agreed.applicationProtocol());
        data.put("connectMillis", agreed.connect().toMillis());
        data.put("handshakeMillis", agreed.handshake().toMillis());
        data.put("resumed", agreed.resumption());
        data.put("resumedHandshakeMillis", agreed.resumedHandshake().map(d -> d.toMillis()));
        return data;
    }

    static Map<String, Object> problem(Problem problem) {
        var data = new LinkedHashMap<String, Object>();
        data.put("code", problem.code());
        data.put("sentence", problem.sentence());
        return data;
    }
}
