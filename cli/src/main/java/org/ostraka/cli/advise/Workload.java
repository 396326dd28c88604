package org.ostraka.cli.advise;

/**
 * What an application asks of its database. Immutable.
 *
 * @param kind what sort of work it is
 * @param writes the writes a second while it works
 * @param writeBytes the size of a written item
 * @param transactional whether writes are in transactions
 * @param reads the reads a second while it works, of all regions together
 * @param readBytes the size of a read item
 * @param consistency the consistency of reads
 * @param hours the hours of a day in which it works; storage is there all day
 * @param days the days of a month in which it works
 * @param regions the regions that are written to
 * @param storageGb the data of one region, in units of a billion bytes
 * @param indexes the number of global indexes that each write changes
 * @param indexBytes the size of an entry of an index
 * @param streamReaders the readers of its stream, but for functions, which read free of charge
 * @param recovery whether point-in-time recovery is on
 * @param backupGb the size of its backups
 * @param exportGb what is exported in a month
 * @param daxNodes the nodes of its DAX cluster
 * @param joins whether it joins tables in ways not known beforehand
 * @param cached whether reads must take less than a millisecond
 */
public record Workload(
    Kind kind,
    double writes,
    long writeBytes,
    boolean transactional,
    double reads,
    long readBytes,
    Consistency consistency,
    double hours,
    double days,
    int regions,
    double storageGb,
    int indexes,
    long indexBytes,
    int streamReaders,
    boolean recovery,
    double backupGb,
    double exportGb,
    int daxNodes,
    boolean joins,
    boolean cached) {
  private static final long WRITE_UNIT = 1_024;
  private static final long READ_UNIT = 4_096;
  private static final double PARTITION_READS = 3_000;
  private static final double PARTITION_WRITES = 1_000;
  private static final double PARTITION_GB = 10;

  /** A sort of work. */
  public enum Kind {
    KEY_VALUE,
    DOCUMENT,
    RELATIONAL,
    TIME_SERIES,
    GRAPH,
    SEARCH,
    ANALYTICS
  }

  /** The consistency of reads, with the units of a read of up to 4 KB. */
  public enum Consistency {
    EVENTUAL(0.5),
    STRONG(1),
    TRANSACTIONAL(2);

    private final double units;

    Consistency(double units) {
      this.units = units;
    }
  }

  /** Returns the write units a second of one region, without those of indexes. */
  double tableWriteUnits() {
    return writes * Math.ceilDiv(writeBytes, WRITE_UNIT) * (transactional ? 2 : 1);
  }

  /** Returns the write units a second of all indexes of one region. */
  double indexWriteUnits() {
    return writes * indexes * Math.ceilDiv(indexBytes, WRITE_UNIT);
  }

  /** Returns the write units a second of one region. */
  double writeUnits() {
    return tableWriteUnits() + indexWriteUnits();
  }

  /** Returns the read units a second of all regions together. */
  double readUnits() {
    return reads * Math.ceilDiv(readBytes, READ_UNIT) * consistency.units;
  }

  /** Returns the partitions that the table needs in a region, by throughput and by size. */
  long partitions() {
    double throughput =
        readUnits() / regions / PARTITION_READS + tableWriteUnits() / PARTITION_WRITES;
    return (long) Math.max(1, Math.max(Math.ceil(throughput), Math.ceil(storageGb / PARTITION_GB)));
  }

  /** Returns the seconds of a month in which it works. */
  double seconds() {
    return hours * 3_600 * days;
  }
}
