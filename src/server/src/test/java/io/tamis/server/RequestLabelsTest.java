package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLabelsTest {
    private final RequestLabels labels = new RequestLabels();

    @Test
    void address_ofTheInterface_stays() throws IOException {
        List<String> addresses;
        try (var lines = Files.lines(Path.of("../../docs/openapi.yaml"))) {
            addresses = lines.filter(line -> line.matches("  /[^ ]*:"))
                    .map(line -> line.substring(2, line.length() - 1))
                    .toList();
        }
        assertFalse(addresses.isEmpty());
        for (String address : addresses) {
            var meter = meter("uri", address);
            assertSame(meter, labels.map(meter), address);
        }
    }

    @Test
    void address_withACallersWords_isHidden() {
        for (String address : List.of(
                "/v1/jobs/13812345678",
                "/v1/alice",
                "/alice",
                "/v1/jobs/{13812345678}",
                "/v1/datasets/shop-users",
                "/v1/jobs/x/result",
                "/V1/jobs",
                "/v1/jobs%2F1")) {
            assertEquals("OTHER", labels.map(meter("uri", address)).getTag("uri"), address);
        }
    }

    @Test
    void otherLabels_stay() {
        var mapped = labels.map(meter("uri", "/alice").withTags(Tags.of("method", "GET", "uri", "/alice")));
        assertEquals("GET", mapped.getTag("method"));
        var noAddress = meter("state", "alice");
        assertSame(noAddress, labels.map(noAddress));
        for (String placeholder : List.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "root", "/")) {
            assertEquals(placeholder, labels.map(meter("uri", placeholder)).getTag("uri"));
        }
    }

    private static Meter.Id meter(String label, String value) {
        return new Meter.Id("http.server.requests", Tags.of(label, value), null, null, Meter.Type.TIMER);
    }
}
