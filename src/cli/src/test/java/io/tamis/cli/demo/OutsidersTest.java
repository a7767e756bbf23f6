package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestKey;
import io.tamis.cli.client.TestShell;
import io.tamis.data.CollaborationId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsidersTest {
    private static final Pact PACT = new Pact(new CollaborationId("col_1"), "00");
    private static final String NOT_MEMBER = "{\"code\":\"NOT_MEMBER\",\"title\":\"T.\",\"eventId\":\"01a20cea-1234\"}";

    @TempDir
    Path folder;

    private FakeService service;
    private ApiClient client;
    private Outsiders outsiders;

    @BeforeEach
    void start() throws GeneralSecurityException, IOException {
        service = new FakeService();
        client = ApiClient.of(service.url());
        TestKey.write(new DataDir(folder));
        var stage = new Stage(new TestShell(folder).shell(), client, new DataDir(folder), "r");
        outsiders = new Outsiders(stage, new Companies(stage));
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void refused_bothRefused_tellsCodesAndTheEntryWhereThereIsOne() {
        service.on("POST /v1/jobs", 403, NOT_MEMBER);
        assertEquals(
                new Outcome.Passed(
                        "brand-z, which has not signed, asks across: NOT_MEMBER, logged as event 01a20cea-1234",
                        List.of("platform music looks at the agreement: NOT_FOUND")),
                outsiders.refused(PACT));
    }

    @Test
    void refused_questionAccepted_isAFailure() {
        service.on("POST /v1/jobs", 202, "{}");
        assertInstanceOf(Outcome.Failed.class, outsiders.refused(PACT));
    }

    @Test
    void refused_agreementShown_isAFailure() {
        service.on("POST /v1/jobs", 403, NOT_MEMBER).on("GET /v1/collaborations/col_1", 200, "{}");
        assertInstanceOf(Outcome.Failed.class, outsiders.refused(PACT));
    }

    @Test
    void refused_forAnotherReason_isAFailure() {
        service.on("POST /v1/jobs", 429, FakeService.problem("RATE_LIMITED", 429));
        assertInstanceOf(Outcome.Failed.class, outsiders.refused(PACT));
    }
}
