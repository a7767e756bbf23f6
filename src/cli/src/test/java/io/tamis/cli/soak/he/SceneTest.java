package io.tamis.cli.soak.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import org.junit.jupiter.api.Test;

class SceneTest {
    private static final Scene SCENE = new Scene(HeParams.AGG_8192, 5);

    @Test
    void read_ofWellFormedBytes_isTheBytes() {
        for (var door : Door.values()) {
            assertArrayEquals(SCENE.wellFormed(door), SCENE.read(door, SCENE.wellFormed(door)));
            SCENE.parse(door, SCENE.wellFormed(door));
        }
    }

    @Test
    void opened_byTheRightShares_isTheValue() {
        assertEquals(40, SCENE.opened(SCENE.share(1, 0), SCENE.share(2, 0), 0));
        assertEquals(40, SCENE.opened(SCENE.share(1, 1), SCENE.share(2, 1), 1));
    }

    @Test
    void opened_byWrongShares_isRefused() {
        assertThrows(HeException.class, () -> SCENE.opened(SCENE.share(1, 0), SCENE.wrong(0), 0));
        assertThrows(HeException.class, () -> SCENE.opened(SCENE.share(1, 0), SCENE.ofAnotherSet(0), 0));
        assertThrows(HeException.class, () -> SCENE.opened(SCENE.share(1, 0), SCENE.share(2, 1), 0));
    }
}
