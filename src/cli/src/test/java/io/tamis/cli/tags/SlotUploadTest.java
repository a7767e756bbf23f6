package io.tamis.cli.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a service that is honest, busy, away, full, and forgetful. */
class SlotUploadTest {
    private static final String PATH = "/v1/tags/shop-users/1/ciphertexts?";
    private static final String LIST = "GET " + PATH + "epoch=1&cursor=0";
    private static final String FIRST = "POST " + PATH + "slot=0&epoch=1";
    private static final String SECOND = "POST " + PATH + "slot=1&epoch=1";

    @TempDir
    Path temp;

    private final FakeService service = new FakeService();
    private final List<Duration> pauses = new ArrayList<>();
    private WorkFolder folder;
    private TagState state;

    @BeforeEach
    void begin() {
        state = States.begun(States.keys(temp.resolve("keys")), 1);
        folder = WorkFolder.of(temp.resolve("work"));
        folder.ciphertext(0, new byte[] {1});
        folder.ciphertext(1, new byte[] {2});
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void all_thatIsMissing_isSentAndLookedForAtTheEnd() {
        service.on(LIST, 200, listed("0")).on(LIST, 200, listed("0", "1")).on(SECOND, 201, "{}");
        complete();
        assertEquals(List.of("GET", "POST", "GET"), methods());
    }

    @Test
    void nothing_isSentWhenAllIsThere() {
        service.on(LIST, 200, listed("0", "1"));
        complete();
        assertEquals(List.of("GET", "GET"), methods());
    }

    /** The pauses are doubled, and nothing is lost. */
    @Test
    void busyService_isTriedAgainAfterLongerPauses() {
        service.on(LIST, 200, listed("0")).on(LIST, 200, listed("0", "1"));
        for (int status : new int[] {429, 503, 502, 504}) {
            service.on(SECOND, status, FakeService.problem("RATE_LIMITED", status));
        }
        service.on(SECOND, 201, "{}");
        complete();
        assertEquals(
                List.of(
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofMillis(1_600)),
                pauses);
    }

    /** A refusal that no waiting mends: the round's state, the slot, the ciphertext. It is not sent a second time. */
    @Test
    void refusedService_endsAtOnceWithItsCode() {
        service.on(LIST, 200, listed());
        service.on(FIRST, 409, FakeService.problem("SLOT_REFUSED", 409));
        assertEquals(
                Code.SLOT_REFUSED,
                assertThrows(ClientException.class, this::complete).code());
        assertEquals(List.of("GET", "POST"), methods());
        assertEquals(List.of(), pauses);
    }

    /** Busy for longer than the patience: the run ends, and the next one goes on. */
    @Test
    void busyServiceForTooLong_endsWithItsCode() {
        service.on(LIST, 200, listed());
        service.on(FIRST, 429, FakeService.problem("RATE_LIMITED", 429));
        var late = assertThrows(ClientException.class, this::complete);
        assertEquals(Code.RATE_LIMITED, late.code());
        assertTrue(pauses.stream().allMatch(pause -> pause.compareTo(Duration.ofSeconds(30)) <= 0), pauses.toString());
        assertEquals(Duration.ofSeconds(30), pauses.getLast());
    }

    /** A server that acknowledges and forgets: the ciphertexts must not be deleted here, so this is no success. */
    @Test
    void attack_acknowledgedAndNotListed_isNotComplete() {
        service.on(LIST, 200, listed()).on(FIRST, 201, "{}").on(SECOND, 201, "{}");
        var told = assertThrows(ClientException.class, this::complete);
        assertEquals(Code.STATE_CONFLICT, told.code());
        assertEquals(ExitCode.LATER, told.exit());
        assertTrue(folder.hasCiphertext(0) && folder.hasCiphertext(1));
    }

    /** A list without an end, each page naming a next one: it is read as far as slots go, and no further. */
    @Test
    void attack_listWithoutAnEnd_isNotReadForEver() {
        service.on(LIST, 200, "{\"items\":[],\"next\":\"0\"}")
                .on(FIRST, 201, "{}")
                .on(SECOND, 201, "{}");
        assertThrows(ClientException.class, this::complete);
        assertEquals(2 * 3, methods().stream().filter("GET"::equals).count());
    }

    @Test
    void slotThatIsNotEncrypted_isTold() {
        var empty = WorkFolder.of(temp.resolve("empty"));
        service.on(LIST, 200, listed());
        var told = assertThrows(ClientException.class, () -> upload(empty).complete(progress()));
        assertTrue(told.advice().contains("tags encrypt"), told.advice());
    }

    private void complete() {
        upload(folder).complete(progress());
    }

    private SlotUpload upload(WorkFolder from) {
        var client = ApiClient.of(service.url()).as(new BearerToken(TestShell.TOKEN));
        return new SlotUpload(
                new RoundClient(client, TagService.TARGET),
                from,
                state,
                () -> TestShell.NOW.plus(pauses.stream().reduce(Duration.ZERO, Duration::plus)),
                pauses::add,
                Duration.ofMinutes(10));
    }

    private Progress progress() {
        return Progress.counting(new TestShell(temp).shell(), "uploading", 2);
    }

    private static String listed(String... slots) {
        return "{\"items\":["
                + String.join(
                        ",",
                        List.of(slots).stream()
                                .map(slot -> "{\"slot\":" + slot + "}")
                                .toList()) + "]}";
    }

    private List<String> methods() {
        return service.asked().stream().map(FakeService.Asked::method).toList();
    }
}
