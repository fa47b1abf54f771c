package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.rocksdb.Strace;
import dev.sobre.mail.rocksdb.SyscallLog.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The beginning or the end of a system call. */
record Moment(int place, Call call, boolean begins) {

    private static final String CALLS =
            "trace=openat,write,pwrite64,writev,pwritev,pwritev2,copy_file_range,sendfile,"
                    + "ftruncate,rename,unlink,link,fsync,fdatasync";

    /** The beginning of a command that writes down all that a {@link DiskImage} is fed with. */
    static String[] strace(Path log) {
        return Strace.command(log, "-y", "-xx", "-s", "2000000", "-e", CALLS);
    }

    /** All moments of the calls that succeeded, in order. */
    static List<Moment> all(List<Call> calls) {
        List<Moment> moments = new ArrayList<>();
        for (Call call : calls) {
            if (!call.succeeded()) continue;
            moments.add(new Moment(call.start(), call, true));
            moments.add(new Moment(call.end(), call, false));
        }
        moments.sort(
                Comparator.comparingInt(Moment::place).thenComparing(moment -> !moment.begins()));
        return moments;
    }

    /** Has it happen to a disk. */
    void pass(DiskImage disk) {
        if (begins) disk.begins(call);
        else disk.ends(call);
    }
}
