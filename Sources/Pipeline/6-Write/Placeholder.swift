// 6-Write
