package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiClientTest {
    @TempDir
    Path folder;

    @Test
    void get_withToken_sendsItAsBearer() {
        try (var service = new FakeService().on("GET /v1/jobs", 200, "{\"items\":[]}");
                var client = ApiClient.of(service.url()).as(new BearerToken(TestShell.TOKEN))) {
            var ok = assertInstanceOf(Answer.Ok.class, client.get("/v1/jobs"));
            assertEquals(200, ok.status());
            assertEquals(
                    "Bearer " + TestShell.TOKEN, service.lastAsked().headers().get("Authorization"));
        }
    }

    @Test
    void get_withoutToken_sendsNone() {
        try (var service = new FakeService().on("GET /v1/ledger/checkpoint", 200, "text/plain", "o\n1\nr\n");
                var client = ApiClient.of(service.url())) {
            assertEquals(
                    "o\n1\nr\n", client.get("/v1/ledger/checkpoint").orRefused().text());
            assertFalse(service.lastAsked().headers().containsKey("Authorization"));
        }
    }

    @Test
    void getWaiting_anyPatience_asksTheServiceToHold() {
        try (var service = new FakeService().on("GET /v1/jobs/j", 200, "{}");
                var client = ApiClient.of(service.url())) {
            client.getWaiting("/v1/jobs/j", Duration.ofSeconds(20));
            assertEquals("wait=20", service.lastAsked().headers().get("Prefer"));
        }
    }

    @Test
    void post_anyBody_isSentInCanonicalForm() {
        try (var service = new FakeService().on("POST /v1/jobs", 202, "{}");
                var client = ApiClient.of(service.url())) {
            client.post("/v1/jobs", Json.parse("{ \"b\": 1, \"a\": \"x\" }"));
            assertEquals("{\"a\":\"x\",\"b\":1}", service.lastAsked().text());
            assertEquals("application/json", service.lastAsked().headers().get("Content-type"));
        }
    }

    @Test
    void refusal_problemJson_isAValueWithItsCode() {
        try (var service = new FakeService().on("POST /v1/jobs", 422, FakeService.problem("BUDGET_EXHAUSTED", 422));
                var client = ApiClient.of(service.url())) {
            var refused = assertInstanceOf(
                    Answer.Refused.class, client.post("/v1/jobs", Json.object().build()));
            assertEquals("BUDGET_EXHAUSTED", refused.problem().code());
        }
    }

    @Test
    void refusal_notOurJson_isNamedByItsStatus() {
        try (var service = new FakeService().on("GET /x", 502, "text/html", "<html>Bad gateway</html>");
                var client = ApiClient.of(service.url())) {
            var refused = assertInstanceOf(Answer.Refused.class, client.get("/x"));
            assertEquals("HTTP_502", refused.problem().code());
            assertEquals(ExitCode.INTERNAL, refused.problem().exit());
            assertFalse(refused.problem().line().contains("gateway"));
        }
    }

    @Test
    void orRefused_refusal_throwsItWithItsProblem() {
        try (var service = new FakeService();
                var client = ApiClient.of(service.url())) {
            var refused = assertThrows(
                    ClientException.class, () -> client.get("/nowhere").orRefused());
            assertEquals(Code.NOT_FOUND, refused.code());
            assertTrue(refused.problem().isPresent());
        }
    }

    @Test
    void json_answerIsNone_isAClientException() {
        try (var service = new FakeService().on("GET /x", 200, "text/html", "<html>");
                var client = ApiClient.of(service.url())) {
            var ok = client.get("/x").orRefused();
            assertThrows(ClientException.class, ok::json);
        }
    }

    @Test
    void get_nobodyListens_isNotReady() {
        var service = new FakeService();
        service.close();
        try (var client = ApiClient.of(service.url())) {
            var unreachable = assertThrows(ClientException.class, () -> client.get("/v1/jobs"));
            assertEquals(ExitCode.UNAVAILABLE, unreachable.exit());
        }
    }

    @Test
    void download_yes_isWrittenToTheFile() throws Exception {
        try (var service = new FakeService().on("GET /v1/ledger/export", 200, "application/zip", "PK");
                var client = ApiClient.of(service.url())) {
            Path file = folder.resolve("export.zip");
            assertInstanceOf(Answer.Ok.class, client.download("/v1/ledger/export", file));
            assertEquals("PK", Files.readString(file));
        }
    }

    @Test
    void download_refused_leavesNoFile() {
        try (var service =
                        new FakeService().on("GET /v1/ledger/export", 403, FakeService.problem("ROLE_REQUIRED", 403));
                var client = ApiClient.of(service.url())) {
            Path file = folder.resolve("export.zip");
            var refused = assertInstanceOf(Answer.Refused.class, client.download("/v1/ledger/export", file));
            assertEquals("ROLE_REQUIRED", refused.problem().code());
            assertEquals(ExitCode.FORBIDDEN, refused.problem().exit());
            assertTrue(Files.notExists(file));
        }
    }
}
