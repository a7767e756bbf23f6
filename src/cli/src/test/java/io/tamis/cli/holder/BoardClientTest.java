package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestShell;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.holder.Message;
import io.tamis.holder.MessageContext;
import io.tamis.holder.MessageType;
import io.tamis.holder.SignedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board as a hostile service shows it: other messages than it lists, other bytes than were asked for. */
class BoardClientTest {
    private static final String PATH = "/v1/tags/shop-users/1/rounds/1";
    private static final byte[] BLOB = "the roots".getBytes(UTF_8);

    @TempDir
    Path temp;

    private final FakeService service = new FakeService();
    private BcfksKeyProvider keys;
    private ContentCache cache;

    @BeforeEach
    void begin() {
        keys = TestKeys.holder(temp.resolve("keys"));
        cache = new ContentCache(temp.resolve("cache"), 1 << 20);
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void messages_thatAreListed_areReadOnceAndKept() {
        SignedMessage one = message("one");
        SignedMessage two = message("two");
        show(one, two);
        serve(one, one);
        serve(two, two);
        assertEquals(List.of(one, two), read(10));
        int asked = service.asked().size();
        assertEquals(List.of(one, two), read(10));
        assertEquals(asked + 1, service.asked().size(), "only the list is asked for again");
    }

    /** The server shows another signed message under the name of the first: who reads it would believe the board changed. */
    @Test
    void attack_anotherMessageUnderAName_isRefused() {
        SignedMessage one = message("one");
        show(one);
        serve(one, message("two"));
        assertEquals(Code.DIGEST_MISMATCH, code(() -> read(10)));
    }

    @Test
    void attack_messageThatIsNone_isRefused() {
        SignedMessage one = message("one");
        show(one);
        service.on("GET " + PATH + "/messages/" + one.hash() + "?epoch=1", 200, "{\"message\":1}");
        assertThrows(DataException.class, () -> read(10));
    }

    @Test
    void attack_boardOfTooManyMessages_isNotReadToItsEnd() {
        SignedMessage[] all = {message("one"), message("two"), message("three")};
        show(all);
        for (SignedMessage each : all) {
            serve(each, each);
        }
        assertEquals(3, read(3).size());
        assertEquals(Code.TOO_LARGE, code(() -> read(2)));
    }

    /** A cache that was damaged is not believed either: the message is downloaded again. */
    @Test
    void message_damagedInTheCache_isReadFromTheService() throws IOException {
        SignedMessage one = message("one");
        show(one);
        serve(one, one);
        read(10);
        Files.write(temp.resolve("cache").resolve(one.hash().hex()), new byte[] {'{'});
        assertEquals(List.of(one), read(10));
        Files.write(
                temp.resolve("cache").resolve(one.hash().hex()),
                message("two").toJson().canonicalBytes());
        assertEquals(List.of(one), read(10));
    }

    @Test
    void blob_ofItsHash_isReadOnceAndKept() {
        Hash hash = Hash.sha256(BLOB);
        service.on("GET " + PATH + "/blobs/" + hash + "?epoch=1", 200, "application/octet-stream", BLOB);
        assertArrayEquals(BLOB, board().find(hash).orElseThrow());
        assertArrayEquals(BLOB, board().find(hash).orElseThrow());
        assertEquals(1, service.asked().size());
    }

    /** Other bytes than were asked for are none: they are not kept, and the round waits. */
    @Test
    void attack_blobOfOtherBytes_isNone() {
        Hash hash = Hash.sha256(BLOB);
        service.on("GET " + PATH + "/blobs/" + hash + "?epoch=1", 200, "application/octet-stream", "other");
        assertEquals(Optional.empty(), board().find(hash));
        assertTrue(cache.find(hash).isEmpty());
        assertEquals(Optional.empty(), board().find(Hash.sha256(new byte[] {1})), "not on the board");
    }

    /** That the service is away is not that a blob is absent: a verdict must not be made of it. */
    @Test
    void blob_ofAServiceThatIsAway_isNoAbsence() {
        Hash hash = Hash.sha256(BLOB);
        service.on("GET " + PATH + "/blobs/" + hash + "?epoch=1", 503, FakeService.problem("NOT_READY", 503));
        assertThrows(ClientException.class, () -> board().find(hash));
    }

    @Test
    void post_toAStepThatIsOver_isNoFault_andARefusalIs() {
        service.on("POST " + PATH + "/messages?epoch=1", 201, "{}");
        assertTrue(board().post(message("one")));
        service.replace("POST " + PATH + "/messages?epoch=1", 409, FakeService.problem("STATE_CONFLICT", 409));
        assertFalse(board().post(message("one")));
        service.replace("POST " + PATH + "/messages?epoch=1", 400, FakeService.problem("INVALID_REQUEST", 400));
        assertThrows(ClientException.class, () -> board().post(message("one")));
    }

    private BoardClient board() {
        var api = ApiClient.of(service.url()).as(new BearerToken(TestShell.TOKEN));
        return new BoardClient(api, PATH, "?epoch=1", cache);
    }

    private List<SignedMessage> read(int most) {
        var board = board();
        return board.messages(board.view(), most);
    }

    private void show(SignedMessage... messages) {
        var listed = new ArrayList<Json>();
        for (SignedMessage message : messages) {
            listed.add(Json.object().put("hash", message.hash().hex()).build());
        }
        service.on(
                "GET " + PATH + "?epoch=1",
                200,
                Json.object().put("messages", Json.array(listed)).build().canonical());
    }

    private void serve(SignedMessage name, SignedMessage content) {
        service.on(
                "GET " + PATH + "/messages/" + name.hash() + "?epoch=1",
                200,
                content.toJson().canonical());
    }

    private SignedMessage message(String text) {
        return new Message(
                        new MessageType("slots.coin"),
                        Hash.sha256(BLOB),
                        new MessageContext("slots/1/shop-users/1/shop/1"),
                        new PartyId("holder-1"),
                        Json.object().put("text", text).build())
                .signed(keys, KeyName.HOLDER_SIGNING);
    }

    private static Code code(Runnable call) {
        return assertThrows(DataException.class, call::run).code();
    }
}
