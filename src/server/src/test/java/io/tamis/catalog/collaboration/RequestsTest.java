package io.tamis.catalog.collaboration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.data.TamisException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final Actor SHOP =
            new Actor(new PartyId("shop"), new PersonId("u-1"), Role.PLATFORM, new DepartmentId("data"));

    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final Requests requests = new Requests(() -> SHOP, () -> now, 2);

    @Test
    void changer_overTheQuota_isRefusedUntilTheMinuteEnds() {
        requests.changer();
        requests.changer();
        assertCode(Code.RATE_LIMITED, requests::changer);
        assertEquals(SHOP, requests.reader());
        now = now.plus(Duration.ofMinutes(1));
        assertEquals(SHOP, requests.changer());
    }

    @Test
    void body_overTheLimit_isTooLarge() {
        assertCode(Code.TOO_LARGE, () -> Requests.body(new ByteArrayInputStream(new byte[(1 << 20) + 1])));
        assertCode(Code.INVALID_REQUEST, () -> Requests.body(new ByteArrayInputStream(new byte[1 << 20])));
    }

    @Test
    void body_brokenOff_isInvalid() throws IOException {
        var broken = InputStream.nullInputStream();
        broken.close();
        assertCode(Code.INVALID_REQUEST, () -> Requests.body(broken));
    }

    @Test
    void nameInAPath_thatCannotBeOne_isNotFound() {
        assertCode(Code.NOT_FOUND, () -> Requests.collaboration("Not an id"));
        assertCode(Code.NOT_FOUND, () -> Requests.dataset("../etc"));
    }

    private static void assertCode(Code code, Runnable call) {
        assertEquals(code, assertThrows(TamisException.class, call::run).code());
    }
}
