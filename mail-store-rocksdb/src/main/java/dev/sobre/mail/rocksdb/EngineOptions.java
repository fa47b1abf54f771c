package dev.sobre.mail.rocksdb;

import java.util.Objects;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.UInt64AddOperator;

/** RocksDB's options for a small server, and the native objects they refer to. */
final class EngineOptions implements AutoCloseable {

    private static final int SHARD_BITS = 2;

    final Options options;
    private final LRUCache cache;
    private final BloomFilter bloom = new BloomFilter(10);
    private final UInt64AddOperator adding = new UInt64AddOperator();

    EngineOptions(StoreSettings settings) {
        // In few shards: a block must fit into its shard, or is read anew each time.
        cache = new LRUCache(settings.memory().blockCacheOctets(), SHARD_BITS);
        var table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        // A filter in one piece has a megabyte; a look-up needs one part of it.
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setPinTopLevelIndexAndFilter(true)
                        .setFilterPolicy(bloom);
        options =
                neighbourly()
                        .setCreateIfMissing(true)
                        .setParanoidChecks(true)
                        .setTableFormatConfig(table)
                        .setMergeOperator(adding)
                        .setWriteBufferSize(settings.memory().writeBufferOctets())
                        // Each arrival asks for threads that are mostly not there.
                        .setMemtablePrefixBloomSizeRatio(0.02)
                        .setMemtableWholeKeyFiltering(true)
                        .setAllowConcurrentMemtableWrite(false) // one thread writes
                        .setMaxWriteBufferNumber(3)
                        .setMaxBackgroundJobs(2)
                        // Who reads the last of what was replaced meanwhile does not free it, too.
                        .setAvoidUnnecessaryBlockingIO(true)
                        .setLevelCompactionDynamicLevelBytes(true)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setBytesPerSync(1 << 20)
                        .setMaxOpenFiles(256)
                        // Not four mebibytes, which may be all that a disk has left.
                        .setManifestPreallocationSize(64 << 10)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setMaxLogFileSize(1 << 20)
                        .setKeepLogFileNum(2);
    }

    /**
     * Memory where a key is put in beside the last one that shares the first nine octets (what it
     * is, and of which account or segment) instead of being looked for from the top. Most come in
     * their order there. RocksDB takes this option as a text only.
     */
    private static Options neighbourly() {
        var texts = new Properties();
        texts.setProperty("memtable_insert_with_hint_prefix_extractor", "rocksdb.FixedPrefix.9");
        try (var all = new DBOptions();
                var family = ColumnFamilyOptions.getColumnFamilyOptionsFromProps(texts)) {
            return new Options(all, Objects.requireNonNull(family, "an option of RocksDB's"));
        }
    }

    @Override
    public void close() {
        options.close();
        adding.close();
        bloom.close();
        cache.close();
    }
}
