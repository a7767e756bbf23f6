package io.tamis.catalog.collaboration;

import static io.tamis.catalog.collaboration.CollaborationApi.active;
import static io.tamis.catalog.collaboration.CollaborationApi.attach;
import static io.tamis.catalog.collaboration.CollaborationApi.close;
import static io.tamis.catalog.collaboration.CollaborationApi.detach;
import static io.tamis.catalog.collaboration.CollaborationApi.load;
import static io.tamis.catalog.collaboration.CollaborationApi.people;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.collaboration.AttachmentRows.Place;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.server.TamisTest;
import io.tamis.server.TestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a start finds after a crash at each step, and what it may delete. */
@TamisTest
class LinkFoldersTest {
    private static final Caller LAB = Caller.platform("lab");
    private static final Caller OTHER = Caller.platform("lab-b");
    private static final Path ROOT = TestServer.DATA.resolve("links");
    private static final String UNKNOWN = "col_01980000-0000-7000-8000-00000000000a";

    @Inject
    LinkFolders folders;

    @BeforeAll
    static void loadLists() {
        load(LAB, "link-a", 1, people(0, 200, CollaborationApi::plain));
    }

    @Test
    void crashBetweenDetachmentAndDeletion_isSweptAtStart() throws IOException {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        Path copy = copied(folder(id, 1));
        detach(LAB, id, "link-a").then().statusCode(204);
        restore(copy, folder(id, 1));
        folders.sweep();
        assertFalse(Files.exists(ROOT.resolve(id)));
    }

    @Test
    void crashBetweenClosureAndDeletion_isSweptAtStart() throws IOException {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        Path copy = copied(folder(id, 1));
        close(OTHER, id).then().statusCode(200);
        restore(copy, folder(id, 1));
        folders.sweep();
        assertFalse(Files.exists(ROOT.resolve(id)));
    }

    @Test
    void sweep_leavesWhatIsAttached_andWhatNoRowKnows() throws IOException {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        Path unknown = written(ROOT.resolve(UNKNOWN).resolve("link-a").resolve("1-1"));
        Path foreign = written(ROOT.resolve(UNKNOWN).resolve("link-a").resolve("not-ours"));
        Path interrupted = written(ROOT.resolve(".import-interrupted"));
        folders.sweep();
        assertTrue(Files.exists(folder(id, 1).resolve("part-00000.link")));
        assertTrue(Files.exists(unknown));
        assertTrue(Files.exists(foreign));
        assertFalse(Files.exists(interrupted));
    }

    @Test
    void folderOfADetachment_inTheWay_isReplaced() throws IOException {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        Path copy = copied(folder(id, 1));
        detach(LAB, id, "link-a").then().statusCode(204);
        restore(copy, folder(id, 1));
        int orphans = orphans();
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        assertEquals(orphans, orphans());
    }

    /** What a crash just before the commit left, or what belongs to another database: kept aside. */
    @Test
    void folderThatNoRowKnows_inTheWay_isKeptAside() throws IOException {
        String id = active(LAB, OTHER);
        written(folder(id, 1));
        int orphans = orphans();
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        assertEquals(orphans + 1, orphans());
    }

    @Test
    void discard_ofWhatWasAttachedAgain_deletesNothing() {
        String id = active(LAB, OTHER);
        attach(LAB, id, "link-a", 1, 1).then().statusCode(201);
        folders.discard(new Place(new CollaborationId(id), new DatasetId("link-a"), 1, 1));
        assertTrue(Files.exists(folder(id, 1)));
    }

    private Path folder(String id, int epoch) {
        return folders.folder(new Place(new CollaborationId(id), new DatasetId("link-a"), 1, epoch));
    }

    private static int orphans() throws IOException {
        Path orphaned = ROOT.resolve(".orphaned");
        if (!Files.exists(orphaned)) {
            return 0;
        }
        try (var entries = Files.list(orphaned)) {
            return (int) entries.count();
        }
    }

    private static Path written(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve("part-00000.link"), "sealed");
    }

    private static Path copied(Path folder) throws IOException {
        Path copy = Files.createTempDirectory("links");
        copyAll(folder, copy);
        return copy;
    }

    private static void restore(Path copy, Path folder) throws IOException {
        Files.createDirectories(folder);
        copyAll(copy, folder);
    }

    private static void copyAll(Path from, Path to) throws IOException {
        List<Path> all;
        try (var files = Files.list(from)) {
            all = files.toList();
        }
        for (Path file : all) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }
}
