package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.cli.client.AgreementTest;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestKey;
import io.tamis.cli.client.TestShell;
import io.tamis.data.CollaborationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BriefAllianceTest {
    private static final String AT = "/v1/collaborations/" + AgreementTest.ID;
    private static final String NOT_NOW = FakeService.problem("STATE_CONFLICT", 409);
    private static final Pact LASTING = new Pact(new CollaborationId("col_1"), "00");

    @TempDir
    Path folder;

    private FakeService service;
    private ApiClient client;
    private BriefAlliance brief;

    @BeforeEach
    void start() throws GeneralSecurityException, IOException {
        service = new FakeService()
                .on("POST /v1/collaborations", 201, AgreementTest.SHOWN)
                .on(
                        "GET " + AT,
                        200,
                        AgreementTest.SHOWN.replace("\"datasets\":[]", "\"datasets\":[{\"id\":\"shop-users\"}]"))
                .on("POST " + AT + "/signatures", 200, "{}")
                .on("PUT " + AT + "/datasets/video-users", 201, "{}");
        client = ApiClient.of(service.url());
        TestKey.write(new DataDir(folder));
        var stage = new Stage(new TestShell(folder).shell(), client, new DataDir(folder), "r");
        brief = new BriefAlliance(stage, new Companies(stage));
        Path sample = Files.createDirectories(folder.resolve("sandbox-datasets/three-platforms"));
        Files.writeString(sample.resolve("shop-users.csv"), "phone,x\n15412345678,1\n");
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void attachUnsigned_refused_isAsItShould() {
        service.on("PUT " + AT + "/datasets/shop-users", 409, NOT_NOW);
        assertInstanceOf(Outcome.Passed.class, brief.attachUnsigned());
    }

    @Test
    void attachUnsigned_attached_isAFailure() {
        service.on("PUT " + AT + "/datasets/shop-users", 201, "{}");
        assertInstanceOf(Outcome.Failed.class, brief.attachUnsigned());
    }

    @Test
    void links_sealedApart_tellsWhatMembersSee() throws IOException {
        var passed =
                assertInstanceOf(Outcome.Passed.class, played("aaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbb"));
        assertEquals("members see of it: id", passed.more().getFirst());
    }

    @Test
    void links_aPhoneInAFile_isAFailure() throws IOException {
        assertInstanceOf(Outcome.Failed.class, played("a", "xx15412345678yy"));
        assertInstanceOf(Outcome.Failed.class, played("xx15412345678yy", "b"));
    }

    @Test
    void links_oneBlockInBoth_isAFailure() throws IOException {
        assertInstanceOf(Outcome.Failed.class, played("0123456789abcdef", "0123456789abcdef"));
    }

    @Test
    void close_linksLeftOrNeverThere_isAFailure() throws IOException {
        service.on("PUT " + AT + "/datasets/shop-users", 409, NOT_NOW).on("POST /v1/jobs", 409, NOT_NOW);
        brief.attachUnsigned();
        Path links = Files.createDirectories(folder.resolve("links").resolve(AgreementTest.ID));
        service.on("POST " + AT + "/closure", 200, "{}");
        assertInstanceOf(Outcome.Failed.class, brief.close(), "the links are still there");
        Files.delete(links);
        assertInstanceOf(Outcome.Failed.class, brief.close(), "there were no links before");
    }

    private Outcome played(String first, String second) throws IOException {
        service.on("PUT " + AT + "/datasets/shop-users", 201, "{}");
        brief.attachUnsigned();
        write("col_1", first);
        write(AgreementTest.ID, second);
        return brief.links(LASTING);
    }

    private void write(String collaboration, String content) throws IOException {
        Path links = Files.createDirectories(
                folder.resolve("links").resolve(collaboration).resolve("shop-users/1-1"));
        Files.writeString(links.resolve("part-00000.link"), content);
    }
}
