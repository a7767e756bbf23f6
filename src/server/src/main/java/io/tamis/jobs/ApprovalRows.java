package io.tamis.jobs;

import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The tables {@code job_approver} and {@code job_approval}. Every method works within the caller's transaction. */
@Singleton
class ApprovalRows {
    /** The approvals that count: those under the bundle that the job is now decided by; the oldest first. */
    List<Approval> counting(Handle tx, JobRow job) {
        return tx.createQuery("select party, person, department, event_id from job_approval where job_id = :job"
                        + " and bundle_hash = :bundle and verdict = 'APPROVED' order by given_at, event_id")
                .bind("job", job.id().value())
                .bind("bundle", job.bundleHash().hex())
                .map((row, context) -> approval(row))
                .list();
    }

    private static Approval approval(ResultSet row) throws SQLException {
        return new Approval(
                new PartyId(row.getString("party")),
                new PersonId(row.getString("person")),
                new DepartmentId(row.getString("department")),
                new EventId(row.getObject("event_id", UUID.class)));
    }
}
