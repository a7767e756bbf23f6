package io.tamis.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WithheldTest {
    private static final Withheld FRIENDS = new Withheld(Set.of("friends", "contacts"));

    @TempDir
    Path folder;

    /** A tilde stands for a line feed, a circumflex for a carriage return. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "phone,friends,tier~1,7,T1~2,8,T2~ | phone,tier~1,T1~2,T2~",
                "friends,phone^~7,1^~,2 | phone^~1^~2",
                "phone,friends~1,7 | phone~1",
                "phone,tier~1,T1~ | phone,tier~1,T1~",
                "\"friends\",\"ph\"\"one\"~\"7\",\"a,\"\"b\"\"~ c\"~ | \"ph\"\"one\"~\"a,\"\"b\"\"~ c\"~",
                "friends~7~ | ~~",
                "friends,phone~~7,1~~ | phone~1~"
            })
    void open_csv_hasNothingOfTheColumn(String before, String after) throws IOException {
        assertEquals(real(after), cut(real(before)));
    }

    private static String real(String text) {
        return text.replace('~', '\n').replace('^', '\r');
    }

    @Test
    void open_csvWithAByteOrderMark_findsTheFirstColumn() throws IOException {
        assertEquals("phone\n1\n", cut("\uFEFFfriends,phone\n7,1\n"));
    }

    /** From such a line on nobody can say which value is withheld, so none is sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "phone,friends\n1,7,9\n",
                "phone,friends\n1\n",
                "phone,friends\n1,\"7\n",
                "phone,friends\n1,7\"8\n",
                "phone,friends\n1,\"7\"8\n"
            })
    void open_csvThatIsNone_isRefusedByItsLine(String csv) {
        var refused = assertThrows(ClientException.class, () -> cut(csv));
        assertEquals(Code.BAD_ROW, refused.code());
        assertTrue(refused.advice().contains("line 2"), refused.advice());
        assertFalse(refused.advice().contains("7"), "no value");
    }

    @Test
    void open_anySplitOfTheBytes_isTheSame() throws IOException {
        var random = new Random(9);
        var csv = new StringBuilder("a,friends,b,contacts\n");
        var expected = new StringBuilder("a,b\n");
        for (int row = 0; row < 3_000; row++) {
            String a = "\"" + "x,\"\"\n".repeat(random.nextInt(4)) + "\"";
            String b = "y".repeat(random.nextInt(200));
            csv.append(a).append(",9999,").append(b).append(",\"88\"\"88\"\n");
            expected.append(a).append(',').append(b).append('\n');
        }
        assertEquals(expected.toString(), cut(csv.toString()));
        Path file = Files.writeString(folder.resolve("b.csv"), csv);
        try (var in = FRIENDS.open(file)) {
            assertEquals('a', in.read());
            assertEquals(',', in.read());
        }
    }

    @Test
    void open_otherKinds_areLeftToTheService() throws IOException {
        byte[] bytes = "friends,phone\n7,1\n".getBytes(UTF_8);
        for (String name : List.of("a.parquet", "a.zip")) {
            Path file = Files.write(folder.resolve(name), bytes);
            try (var in = FRIENDS.open(file)) {
                assertArrayEquals(bytes, in.readAllBytes());
            }
        }
    }

    @Test
    void of_aShownDataset_isWhatIsEncryptedOnly() {
        var dataset = Json.parse("""
                {"columns":[
                 {"name":"phone","uses":["JOIN_ONLY"]},
                 {"name":"friends","uses":["ENCRYPTED_ONLY"]},
                 {"name":"tier","uses":["FILTER_ONLY","GROUP_KEY"]}]}""");
        assertEquals(new Withheld(Set.of("friends")), Withheld.of(JsonView.of(dataset)));
        assertEquals(Withheld.NONE, Withheld.of(JsonView.ABSENT));
    }

    @Test
    void send_withheldColumn_isInNoByteOfTheBody() throws IOException {
        Files.writeString(folder.resolve("p-0.csv"), "phone,friends\n1,7777\n");
        Files.writeString(folder.resolve("p-1.csv"), "friends,phone\n7777,2\n");
        var shell = new TestShell(folder);
        try (var service = new FakeService().on("PUT /v1/datasets/users/versions/1", 201, "{}");
                var client = ApiClient.of(service.url())) {
            Upload.hashed(folder, FRIENDS, shell.shell())
                    .send(client, new DatasetId("users"), 1)
                    .orRefused();
            assertFalse(service.lastAsked().text().contains("7777"));
            assertFalse(service.lastAsked().text().contains("friends"));
            Path one = folder.resolve("p-0.csv");
            Upload.hashed(one, FRIENDS, shell.shell())
                    .send(client, new DatasetId("users"), 1)
                    .orRefused();
            assertEquals("phone\n1\n", service.lastAsked().text());
        }
        try (var zip = new ZipInputStream(Payload.of(folder, FRIENDS).open())) {
            zip.getNextEntry();
            assertEquals("phone\n1\n", new String(zip.readAllBytes(), UTF_8));
            zip.getNextEntry();
            assertEquals("phone\n2\n", new String(zip.readAllBytes(), UTF_8));
        }
    }

    private String cut(String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), csv);
        try (var in = FRIENDS.open(file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
