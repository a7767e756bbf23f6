package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Merchants choose by the table in docs/privacy.md, so its numbers are the code's. */
class MechanismsDocTest {
    private static final Pattern ROW = Pattern.compile(
            "\\| (\\d) × (\\d)[^|]*" + "\\| \\**([\\d.]+), ±(\\d+)\\** \\| \\**([\\d.]+), ±(\\d+)\\** \\|");

    @Test
    void table_ofBothMechanisms_holdsTheNumbersOfTheCode() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(Path.of("..", "..", "docs", "privacy.md")))
                .results()
                .toList();
        assertEquals(7, rows.size());
        for (MatchResult row : rows) {
            int measures = Integer.parseInt(row.group(1));
            int groupsMax = Integer.parseInt(row.group(2));
            var epsilon = new Loss.Pure(new MicroEpsilon(1_000_000));
            var rho = new Loss.Zcdp(new MicroRho(24_355));
            assertSpread(row.group(3), row.group(4), epsilon.split(measures).getLast(), groupsMax);
            assertSpread(row.group(5), row.group(6), rho.split(measures).getLast(), groupsMax);
        }
    }

    /** Deviations in the table are rounded to the nearest, the code's up. */
    private static void assertSpread(String deviation, String halfWidth, Loss share, int groupsMax) {
        Spread spread = share.spread(Specs.USERS, groupsMax);
        assertEquals(spread.sigma().doubleValue(), Double.parseDouble(deviation), 0.0101);
        assertEquals(spread.halfWidth95().toString(), halfWidth);
    }
}
