package io.tamis.catalog.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkIndexTest {
    private static final byte[] PLACE = "tamis-link-index-v1".getBytes(StandardCharsets.US_ASCII);
    private static final String HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String NONE = "0" + ",0".repeat(LinkSet.PARTS - 1);

    @TempDir
    Path folder;

    private final SecretBytes key = SecretBytes.random(32, Links.RANDOM);

    @Test
    void index_written_comesBack() throws IOException {
        var counts = new ArrayList<>(Collections.nCopies(LinkSet.PARTS, 0L));
        counts.set(0, 1L << 46);
        counts.set(63, 5L);
        var index = new LinkIndex(Hash.sha256(), counts);
        index.write(folder, key, Links.RANDOM);
        assertEquals(index, LinkIndex.read(folder, key));
        assertEquals((1L << 46) + 5, index.total());
    }

    /** The bytes docs/cryptography.md promises. */
    @Test
    void index_written_isTheDocumentedText() throws IOException {
        new LinkIndex(Hash.sha256(), Collections.nCopies(LinkSet.PARTS, 0L)).write(folder, key, Links.RANDOM);
        assertEquals(
                "{\"contentHash\":\"" + HASH + "\",\"format\":\"tamis-link-v1\",\"units\":[" + NONE + "]}",
                new String(
                        Sealing.open(key, PLACE, Files.readAllBytes(folder.resolve("index.sealed"))),
                        StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"contentHash\":\"HASH\",\"format\":\"tamis-link-v2\",\"units\":[NONE]}",
                "{\"contentHash\":\"HASH\",\"format\":\"tamis-link-v1\",\"units\":[NONE],\"more\":1}",
                "{\"contentHash\":\"HASH\",\"format\":\"tamis-link-v1\",\"units\":[0]}",
                "{\"contentHash\":\"HASH\",\"format\":\"tamis-link-v1\",\"units\":[NONE,0]}",
                "{\"contentHash\":\"HASH\",\"format\":\"tamis-link-v1\",\"units\":[-NONE]}",
                "{\"contentHash\":\"HASH\",\"format\":\"tamis-link-v1\",\"units\":[70368744177664NONE]}",
                "{\"contentHash\":\"HASH\",\"format\":\"tamis-link-v1\",\"units\":[\"1\",NONE]}",
                "{\"contentHash\":\"HASH0\",\"format\":\"tamis-link-v1\",\"units\":[NONE]}",
                "{\"format\":\"tamis-link-v1\",\"units\":[NONE]}"
            })
    void index_ofAnotherForm_isRefused(String text) throws IOException {
        byte[] json = text.replace("HASH", HASH).replace("NONE", NONE).getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(LinkIndex.FILE), Sealing.seal(key, PLACE, json, Links.RANDOM));
        var refused = assertThrows(LinkException.class, () -> LinkIndex.read(folder, key));
        assertEquals(Code.INTERNAL, refused.code());
    }

    @Test
    void index_sealedForAnotherPlace_isRefused() throws IOException {
        byte[] json = ("{\"contentHash\":\"" + HASH + "\",\"format\":\"tamis-link-v1\",\"units\":[" + NONE + "]}")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(LinkIndex.FILE), Sealing.seal(key, new byte[0], json, Links.RANDOM));
        assertThrows(LinkException.class, () -> LinkIndex.read(folder, key));
    }

    @Test
    void counts_thatCannotBe_areRefused() {
        for (var counts : List.of(
                List.<Long>of(),
                Collections.nCopies(LinkSet.PARTS - 1, 0L),
                Collections.nCopies(LinkSet.PARTS, -1L),
                Collections.nCopies(LinkSet.PARTS, (1L << 46) + 1))) {
            assertThrows(LinkException.class, () -> new LinkIndex(Hash.sha256(), counts));
        }
    }
}
