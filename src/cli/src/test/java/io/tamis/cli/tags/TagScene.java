package io.tamis.cli.tags;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.cli.client.TestShell;
import io.tamis.crypto.SystemRandom;
import io.tamis.crypto.TagOrder;
import io.tamis.policy.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A platform with its own roster and policy bundle before a {@link TagService}; its file has fewer persons than a block. */
final class TagScene implements AutoCloseable {
    static final List<String> TAGS = List.of("many_friends=friends>=100", "friends=friends", "spend=spend_90d_cny");

    final Path folder;
    final TagService service;
    final TestShell shell;
    PolicyBundle bundle = Bundles.repository();

    TagScene(Path folder) throws IOException {
        this.folder = folder;
        this.service = new TagService(folder);
        this.shell = new TestShell(folder);
    }

    TagWork work() {
        return new TagWork(
                shell.shell(),
                service.client(),
                service.platform,
                new TagWork.Trusted(service.roster, bundle),
                TagService.TARGET,
                folder.resolve("work"),
                new TagWork.Sources(new SystemRandom(), length -> {}));
    }

    /** The state of the round as it lies in the work folder. */
    TagState state() {
        return WorkFolder.of(folder.resolve("work")).state().orElseThrow();
    }

    /** A file of so many persons, known to the service as version 1; the first has more of everything than any clamp. */
    Path csv(int persons) throws IOException {
        var csv = new StringBuilder("phone,friends,spend_90d_cny\n");
        try (var order = new TagOrder.Builder(service.orderKey, TagService.TARGET.dataset(), 1, persons)) {
            for (int i = 0; i < persons; i++) {
                csv.append("+86139%08d,%d,%d.25\n".formatted(i, i == 0 ? 9_999_999 : i, i == 0 ? 9_999_999 : i));
                byte[] normal = "+86139%08d".formatted(i).getBytes(UTF_8);
                order.add(normal, 0, normal.length);
            }
            service.order = Optional.of(order.finish().hash());
            service.persons = persons;
        }
        return Files.writeString(folder.resolve("users.csv"), csv);
    }

    /** Goes to the round that the holders have passed. */
    void passed(List<String> tags) {
        work().commit(tags);
        work().status();
        work().open();
        work().status();
    }

    @Override
    public void close() {
        service.close();
    }
}
