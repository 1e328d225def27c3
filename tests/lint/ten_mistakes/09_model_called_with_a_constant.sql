SELECT sentiment('这家店太差了');
