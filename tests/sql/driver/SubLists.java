package org.apache.hadoop.hive.ql.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.hive.com.esotericsoftware.kryo.Kryo;
import org.apache.hive.com.esotericsoftware.kryo.Serializer;
import org.apache.hive.com.esotericsoftware.kryo.io.Input;
import org.apache.hive.com.esotericsoftware.kryo.io.Output;

/** Takes the place of a class of Hive's that reads private fields of a list, which Java 9 gave other names. */
class SerializationUtilities$ArrayListSubListSerializer extends Serializer<List<?>> {
    public SerializationUtilities$ArrayListSubListSerializer() {}

    @Override
    public void write(Kryo kryo, Output output, List<?> list) {
        kryo.writeClassAndObject(output, new ArrayList<>(list));
    }

    @Override
    public List<?> read(Kryo kryo, Input input, Class<List<?>> type) {
        return (List<?>) kryo.readClassAndObject(input);
    }
}
