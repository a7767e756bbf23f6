package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.cli.client.AgreementTest;
import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.JsonView;
import io.tamis.data.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PactTest {
    private static final String AT = "/v1/collaborations/" + AgreementTest.ID;

    private final FakeService service = new FakeService();
    private final ApiClient client = ApiClient.of(service.url());
    private final Pact pact = Pact.of(JsonView.of(Json.parse(AgreementTest.SHOWN)));

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void sign_termsShown_signsTheirDigest() {
        service.on("GET " + AT, 200, AgreementTest.SHOWN).on("POST " + AT + "/signatures", 200, "{}");
        assertInstanceOf(Answer.Ok.class, pact.sign(client));
        assertEquals(
                "{\"agreementHash\":\"" + pact.agreement() + "\"}",
                service.lastAsked().text());
    }

    @Test
    void sign_otherTermsThanTheirDigest_signsNothing() {
        service.on("GET " + AT, 200, AgreementTest.SHOWN.replace("JOINT", "ENTRUSTED"));
        assertThrows(ClientException.class, () -> pact.sign(client));
        assertEquals(1, service.asked().size());
    }

    @Test
    void attach_refused_isAnAnswer() {
        service.on("PUT " + AT + "/datasets/shop-users", 409, FakeService.problem("STATE_CONFLICT", 409));
        assertInstanceOf(Answer.Refused.class, pact.attach(client, "shop-users"));
        assertEquals("{\"keyEpoch\":1,\"version\":1}", service.lastAsked().text());
    }

    @Test
    void close_reason_isLongEnough() {
        service.on("POST " + AT + "/closure", 200, "{}");
        assertInstanceOf(Answer.Ok.class, pact.close(client));
        assertEquals(true, service.lastAsked().text().length() > "{\"reason\":\"\"}".length() + 10);
    }
}
