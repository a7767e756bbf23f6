package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.FakeService;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AfterwardsTest {
    private static final String ANCHORS = "GET /v1/ledger/anchors?limit=1";

    private final FakeService service =
            new FakeService().on("GET /v1/ledger/key", 200, "text/plain", "log+1+Ed25519\nlog+2+MLDSA\n");
    private final ApiClient client = ApiClient.of(service.url());
    private final Afterwards afterwards = new Afterwards(client);

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void audit_withAnAnchor_namesNodeContractLogAndChain() {
        service.on(
                ANCHORS, 200, "{\"anchored\":{\"size\":12,\"chainId\":31337,\"contract\":\"0xc\",\"logId\":\"0xd\"}}");
        assertEquals(
                "./tamis audit verify " + service.url()
                        + " --key log+1+Ed25519 --witness w+3+k --rpc http://127.0.0.1:9 --contract 0xc --log-id 0xd"
                        + " --chain-id 31337",
                afterwards.audit("w+3+k", Optional.of(URI.create("http://127.0.0.1:9"))));
    }

    @Test
    void audit_withoutANode_orAnAnchor_doesWithKeyAndWitness() {
        String without = "./tamis audit verify " + service.url() + " --key log+1+Ed25519 --witness w+3+k";
        assertEquals(without, afterwards.audit("w+3+k", Optional.empty()));
        service.on(ANCHORS, 200, "{\"anchoring\":\"ON\"}");
        assertEquals(without, afterwards.audit("w+3+k", Optional.of(URI.create("http://127.0.0.1:9"))));
    }
}
