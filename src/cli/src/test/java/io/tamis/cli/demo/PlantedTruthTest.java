package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedTruthTest {
    private static final String TRUTH = """
        {"cellsWithBrand":{"shop-users":1000,"video-users":2000,"shop-users+video-users":300,"brand-members":70,
          "brand-members+shop-users":50,"brand-members+video-users":7,"brand-members+shop-users+video-users":11},
         "reach":[{"campaign":"brand-tv","atLeast":[1],"reach":{}},
          {"campaign":"singles-day","reach":{"video-exposures":2904,"messenger-exposures":2662,"both":429},
           "atLeast":[5137,4211]}]}""";

    @TempDir
    Path folder;

    @Test
    void cells_ofSomeLists_addUpOverTheOthers() throws IOException {
        var truth = read(TRUTH);
        assertEquals(311, truth.onExactly(Set.of("shop", "video"), Set.of("shop", "video")));
        assertEquals(300, truth.onExactly(Set.of("shop", "video"), Set.of("shop", "video", "brand")));
        assertEquals(1050, truth.onExactly(Set.of("shop"), Set.of("shop", "video")));
        assertEquals(61, truth.onAll(Set.of("shop", "brand")));
        assertEquals(3368, truth.onAny(Set.of("shop", "video")));
    }

    @Test
    void reach_ofTheCampaign_isTheOneAskedFor() throws IOException {
        var truth = read(TRUTH);
        assertEquals(5137, truth.reachedAtLeast(1));
        assertEquals(4211, truth.reachedAtLeast(2));
        assertEquals(2904, truth.reachedOn("video-exposures"));
        assertEquals(2475, truth.reachedOnlyOn("video-exposures"));
    }

    @Test
    void read_anythingElse_isWrongUsage() {
        assertThrows(ClientException.class, () -> read("[]"));
        assertThrows(ClientException.class, () -> read("{\"cellsWithBrand\":{\"shop-users\":\"many\"},\"reach\":[]}"));
        assertThrows(ClientException.class, () -> read(TRUTH.replace("singles-day", "none")));
        assertThrows(ClientException.class, () -> PlantedTruth.read(folder.resolve("missing")));
    }

    private PlantedTruth read(String json) throws IOException {
        return PlantedTruth.read(Files.writeString(Files.createTempFile(folder, "truth", ".json"), json));
    }
}
