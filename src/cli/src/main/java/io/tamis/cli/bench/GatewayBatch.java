package io.tamis.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.IdSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests of a platform's gateway, as a real one would send them: each event with its own id, time, operator and row
 * count; as an entry about 480 bytes long.
 */
final class GatewayBatch {
    private static final int OPERATORS = 500;
    private static final int DIGEST_CHARS = 64;
    private static final int EVENT_CHARS = 420;

    private final IdSource ids;
    private final InstantSource clock;
    private final long subjects;
    private final AtomicLong number = new AtomicLong();

    /** Events of so many different persons, one after the other; of none in particular when 0. */
    GatewayBatch(IdSource ids, InstantSource clock, long subjects) {
        this.ids = ids;
        this.clock = clock;
        this.subjects = subjects;
    }

    /** The body of a request with so many new events. */
    byte[] body(int events) {
        var out = new StringBuilder(events * EVENT_CHARS).append("{\"events\":[");
        for (int i = 0; i < events; i++) {
            if (i > 0) {
                out.append(',');
            }
            event(out, number.getAndIncrement());
        }
        return out.append("]}").toString().getBytes(UTF_8);
    }

    private void event(StringBuilder out, long at) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String time = now.toString();
        out.append("{\"id\":\"").append(ids.next()).append("\",\"at\":\"");
        // Instant leaves out milliseconds that are 0, the format does not.
        out.append(time.length() == 24 ? time : time.substring(0, 19) + ".000Z");
        out.append("\",\"action\":\"READ\",\"decision\":\"PERMIT\",\"purpose\":\"SUBJECT_RIGHTS\",")
                .append("\"dataset\":\"crm-customers\",\"columns\":[\"phone\",\"city\"],\"legalBasis\":\"CONTRACT\",")
                .append("\"operatorRef\":\"");
        digest(out, at % OPERATORS);
        if (subjects > 0) {
            out.append("\",\"subjectRef\":\"");
            digest(out, at % subjects);
        }
        out.append("\",\"rows\":").append(1 + at % 7).append(",\"subjectCount\":1}");
    }

    /** As long as a digest and as different; that it is none matters to nobody here. */
    private static void digest(StringBuilder out, long of) {
        String hex = HexFormat.of().toHexDigits(of * 0x9e3779b97f4a7c15L);
        out.repeat(hex, DIGEST_CHARS / hex.length());
    }
}
