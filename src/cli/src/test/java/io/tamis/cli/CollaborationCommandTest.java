package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.AgreementTest;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollaborationCommandTest {
    private static final String ID = AgreementTest.ID;
    private static final String AT = "/v1/collaborations/" + ID;
    private static final String DRAFT = AgreementTest.SHOWN;
    private static final String HASH = Json.parse(DRAFT) instanceof Json.Obj object
                    && object.member("agreementHash").orElseThrow() instanceof Json.Str hash
            ? hash.value()
            : "";
    private static final String ACTIVE = DRAFT.replace("\"DRAFT\",\"keyEpoch\":0", "\"ACTIVE\",\"keyEpoch\":2")
            .replace(
                    "[\"platform\",\"merchant\"]}",
                    "[\"platform\",\"merchant\"],\"signedAt\":\"2026-11-24T08:02:00Z\"}")
            .replace(
                    "\"datasets\":[]",
                    "\"datasets\":[{\"id\":\"shop-users\",\"owner\":\"shop\",\"version\":1,\"keyEpoch\":2,"
                            + "\"semantic\":\"CN_MOBILE\",\"attachedAt\":\"2026-11-24T08:03:00Z\"}]");

    @TempDir
    Path folder;

    private FakeService service;
    private TestShell shell;

    @BeforeEach
    void start() {
        service = new FakeService();
        shell = TestShell.of(service, folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void create_membersAndPurposes_areSentAndTheUnsignedTold() {
        service.on("POST /v1/collaborations", 201, DRAFT);
        assertEquals(
                0,
                run("create --member shop:platform --member brand-a:merchant+platform --legal-relation joint"
                        + " --purpose AUDIENCE_INSIGHT --purpose AD_MEASUREMENT"));
        assertEquals(
                "{\"legalRelation\":\"JOINT\",\"members\":[{\"party\":\"shop\",\"roles\":[\"platform\"]},"
                        + "{\"party\":\"brand-a\",\"roles\":[\"merchant\",\"platform\"]}],"
                        + "\"purposes\":[\"AUDIENCE_INSIGHT\",\"AD_MEASUREMENT\"],\"region\":\"DOMESTIC\"}",
                service.lastAsked().text());
        assertTrue(shell.out().startsWith(ID + " DRAFT, key epoch 0"));
        assertTrue(shell.out().contains("agreementHash " + HASH));
        assertTrue(shell.out().endsWith("still to sign: brand-a\n"));
    }

    @Test
    void create_hostileMembers_neverReachTheService() {
        for (String member :
                List.of("shop", "shop:", "shop:owner", "Shop:platform", "shop:platform:x", "shop:platform+")) {
            assertEquals(
                    2, run("create --member " + member + " --legal-relation JOINT --purpose AUDIENCE_INSIGHT"), member);
        }
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void create_unknownWords_areWrongUsage() {
        assertEquals(2, run("create --member shop:platform --legal-relation FRIENDS --purpose AUDIENCE_INSIGHT"));
        assertEquals(2, run("create --member shop:platform --legal-relation JOINT --purpose FUN"));
        assertEquals(2, run("create --legal-relation JOINT --purpose AUDIENCE_INSIGHT"));
    }

    @Test
    void list_two_areOneLineEach() {
        service.on("GET /v1/collaborations?limit=50", 200, "{\"items\":[" + ACTIVE + "," + DRAFT + "]}");
        assertEquals(0, run("list"));
        assertEquals(3, shell.out().lines().count());
        assertTrue(shell.out().contains("shop brand-a"));
    }

    @Test
    void show_active_tellsMembersAndDatasets() {
        service.on("GET " + AT, 200, ACTIVE);
        assertEquals(0, run("show " + ID));
        assertTrue(shell.out().contains("shop-users"));
        assertTrue(shell.out().contains("CN_MOBILE"));
        assertTrue(shell.out().contains("brand-a  platform merchant  2026-11-24T08:02:00Z"));
    }

    @Test
    void show_closed_saysWhy() {
        service.on(
                "GET " + AT,
                200,
                ACTIVE.replace(
                        "\"state\":\"ACTIVE\"", "\"state\":\"CLOSED\",\"closureReason\":\"the campaign is over\""));
        assertEquals(0, run("show " + ID));
        assertTrue(shell.out().contains("closed because: the campaign is over\n"), shell::out);
    }

    @Test
    void show_notAMember_isNotThere() {
        assertEquals(1, run("show " + ID));
        assertTrue(shell.err().startsWith("NOT_FOUND: "));
    }

    @Test
    void id_notOne_neverReachesTheService() {
        for (String command : List.of("show", "sign", "withdraw", "rotate", "detach --dataset shop-users")) {
            assertEquals(2, run(command + " ../jobs"), command);
        }
        assertEquals(2, run("attach COL --dataset shop-users --version 1"));
        assertEquals(2, run("close COL --reason long-enough-to-be-one"));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void sign_shownTerms_areWhatIsSigned() {
        service.on("GET " + AT, 200, DRAFT).on("POST " + AT + "/signatures", 200, ACTIVE);
        assertEquals(0, run("sign " + ID));
        assertEquals("{\"agreementHash\":\"" + HASH + "\"}", service.lastAsked().text());
        assertTrue(shell.out().contains("brand-a as platform, merchant"));
        assertTrue(shell.out().contains("signed: ACTIVE, event e-1\n"));
    }

    @Test
    void sign_serviceMeansAnotherDigest_signsNothing() {
        service.on("GET " + AT, 200, DRAFT.replace("JOINT", "PROVISION"));
        assertEquals(1, run("sign " + ID));
        assertTrue(shell.err().startsWith("SUBJECT_CHANGED: "));
        assertEquals(1, service.asked().size());
    }

    @Test
    void sign_otherTermsThanAgreedOn_signsNothing() {
        service.on("GET " + AT, 200, DRAFT);
        assertEquals(2, run("sign " + ID + " --agreement " + "0".repeat(64)));
        assertEquals(1, service.asked().size());
        assertEquals(2, run("sign " + ID + " --agreement 00"));
        assertEquals(1, service.asked().size());
    }

    @Test
    void sign_asJson_keepsStandardOutputToTheAnswer() {
        service.on("GET " + AT, 200, DRAFT).on("POST " + AT + "/signatures", 200, ACTIVE);
        assertEquals(0, run("sign " + ID + " --json --agreement " + HASH));
        assertEquals(1, shell.out().lines().count());
        assertTrue(shell.err().contains("agreementHash " + HASH));
    }

    @Test
    void sign_changedMeanwhile_isTheServicesRefusal() {
        service.on("GET " + AT, 200, DRAFT)
                .on("POST " + AT + "/signatures", 409, FakeService.problem("SUBJECT_CHANGED", 409));
        assertEquals(1, run("sign " + ID));
        assertTrue(shell.err().startsWith("SUBJECT_CHANGED: The fixed text."));
    }

    @Test
    void attach_epochNotNamed_isTheOneItIsIn() {
        service.on("GET " + AT, 200, ACTIVE)
                .on(
                        "PUT " + AT + "/datasets/shop-users",
                        201,
                        "{\"dataset\":\"shop-users\",\"version\":1,\"keyEpoch\":2,\"semantic\":\"CN_MOBILE\","
                                + "\"eventId\":\"e-2\"}");
        assertEquals(0, run("attach " + ID + " --dataset shop-users --version 1"));
        assertEquals("{\"keyEpoch\":2,\"version\":1}", service.lastAsked().text());
        assertEquals("application/json", service.lastAsked().headers().get("Content-type"));
        assertEquals(
                "attached shop-users version 1 in key epoch 2, persons named by CN_MOBILE, event e-2\n", shell.out());
    }

    @Test
    void attach_epochNamed_isNotAskedFor() {
        service.on("PUT " + AT + "/datasets/shop-users", 412, FakeService.problem("VERSION_MISMATCH", 412));
        assertEquals(1, run("attach " + ID + " --dataset shop-users --version 1 --key-epoch 1"));
        assertEquals("{\"keyEpoch\":1,\"version\":1}", service.lastAsked().text());
        assertEquals(1, service.asked().size());
        assertTrue(shell.err().startsWith("VERSION_MISMATCH: "));
    }

    @Test
    void attach_notSignedByAll_isTheServicesRefusal() {
        service.on("GET " + AT, 200, DRAFT)
                .on("PUT " + AT + "/datasets/shop-users", 409, FakeService.problem("STATE_CONFLICT", 409));
        assertEquals(1, run("attach " + ID + " --dataset shop-users --version 1"));
        assertEquals("{\"keyEpoch\":1,\"version\":1}", service.lastAsked().text());
        assertTrue(shell.err().startsWith("STATE_CONFLICT: "));
    }

    @Test
    void attach_hostileArguments_neverReachTheService() {
        assertEquals(2, run("attach " + ID + " --dataset ../x --version 1"));
        assertEquals(2, run("attach " + ID + " --dataset shop-users --version 0"));
        assertEquals(2, run("attach " + ID + " --dataset shop-users --version 1 --key-epoch 0"));
        assertEquals(2, run("attach " + ID + " --dataset shop-users"));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void detach_done_saysSo() {
        service.on("DELETE " + AT + "/datasets/shop-users", 204, "");
        assertEquals(0, run("detach " + ID + " --dataset shop-users"));
        assertEquals("detached\n", shell.out());
    }

    @Test
    void withdraw_asJson_isOneObject() {
        service.on("DELETE " + AT + "/signatures", 204, "");
        assertEquals(0, run("withdraw " + ID + " --json"));
        assertEquals("{\"eventId\":\"\"}\n", shell.out());
    }

    @Test
    void withdraw_notAMember_isForbidden() {
        service.on("DELETE " + AT + "/signatures", 403, FakeService.problem("NOT_MEMBER", 403));
        assertEquals(77, run("withdraw " + ID));
    }

    @Test
    void rotate_done_tellsTheEpoch() {
        service.on("GET " + AT, 200, ACTIVE);
        service.on("POST " + AT + "/epochs", 200, ACTIVE);
        assertEquals(0, run("rotate " + ID));
        assertEquals("key epoch 2, event e-1\n", shell.out());
    }

    @Test
    void close_reason_isSent() {
        service.on("POST " + AT + "/closure", 200, ACTIVE.replace("ACTIVE", "CLOSED"));
        assertEquals(0, run("close " + ID + " --reason campaign-is-over"));
        assertEquals("{\"reason\":\"campaign-is-over\"}", service.lastAsked().text());
        assertEquals(ID + " CLOSED, event e-1\n", shell.out());
    }

    @Test
    void close_withoutAReason_isWrongUsage() {
        assertEquals(2, run("close " + ID));
        assertTrue(service.asked().isEmpty());
    }

    private int run(String line) {
        return TamisCli.run(shell.shell(), ("collaboration " + line).split(" ", -1));
    }
}
