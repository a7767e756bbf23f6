package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "", "1e2", "99999999999"})
    void limit_outOfRange_isRefused(String given) {
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(JobsException.class, () -> Pages.limit(given)).code());
    }

    @Test
    void limit_notGiven_isFifty() {
        assertEquals(50, Pages.limit(null));
        assertEquals(200, Pages.limit("200"));
    }

    @Test
    void wait_isCapped_andOtherPreferencesIgnored() {
        assertEquals(Duration.ofSeconds(20), Pages.wait("respond-async, wait=600"));
        assertEquals(Duration.ofSeconds(3), Pages.wait("wait=3"));
        assertEquals(Duration.ZERO, Pages.wait("handling=lenient"));
        assertEquals(Duration.ZERO, Pages.wait(null));
    }

    @Test
    void job_malformed_isNotFound() {
        assertEquals(
                Code.NOT_FOUND,
                assertThrows(JobsException.class, () -> Pages.job("job_x")).code());
    }
}
