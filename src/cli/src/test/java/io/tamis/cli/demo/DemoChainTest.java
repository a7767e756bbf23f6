package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.devnet.Devnet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoChainTest {
    private static final String PATH = "GET /v1/ledger/anchors?limit=1";

    private final FakeService service = new FakeService();
    private final ApiClient client = ApiClient.of(service.url());
    private Instant now = Instant.parse("2026-11-24T05:00:00Z");
    private final DemoChain none = new DemoChain(new Devnet.Start.Missing("npm not found"), () -> {
        now = now.plusSeconds(40);
        return now;
    });

    @AfterEach
    void stop() {
        none.close();
        client.close();
        service.close();
    }

    @Test
    void anchored_withoutANode_saysWhyAndGoesOn() {
        assertEquals(List.of(), List.of(none.settings()));
        assertEquals(Outcome.passed("not anchored: npm not found"), none.anchored(client, JsonView.ABSENT));
    }

    @Test
    void await_onceTheEntryIsCovered_namesTheTransaction() {
        service.on(
                PATH,
                200,
                "application/json",
                "{\"anchoring\":\"ON\",\"anchored\":{\"size\":12,\"transaction\":\"0xabc\",\"block\":7,\"chainId\":31337,"
                        + "\"contract\":\"0xdef\"}}");
        var passed = assertInstanceOf(Outcome.Passed.class, none.await(client, 11));
        assertEquals("transaction 0xabc", passed.said());
        assertEquals(
                "put the root of 12 entries into block 7 of chain 31337, contract 0xdef",
                passed.more().getFirst());
    }

    /** The entry after the last one covered, and no answer but that one. */
    @Test
    void await_untilPatienceEnds_failsAndSaysWhatTheServiceSays() {
        service.on(
                PATH,
                200,
                "application/json",
                "{\"anchoring\":\"FORK\",\"anchored\":{\"size\":12,\"transaction\":\"0xabc\"}}");
        var failed = assertInstanceOf(Outcome.Failed.class, none.await(client, 12));
        assertTrue(failed.why().endsWith("FORK"));
    }
}
